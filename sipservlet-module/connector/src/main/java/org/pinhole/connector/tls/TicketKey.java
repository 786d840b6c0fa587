package org.pinhole.connector.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.file.Hex;

/** What session tickets are sealed with (RFC 5077 §4): a name, an HMAC key and an AES key of 16 octets each. */
final class TicketKey {
    private static final int PART = 16;
    private static final int LENGTH = 3 * PART;
    private static final Pattern LINE = Pattern.compile("([0-9]{1,12}) ([0-9a-f]{" + 2 * LENGTH + "})");

    private final Instant made;
    private final byte[] bytes;

    private TicketKey(Instant made, byte[] bytes) {
        this.made = made;
        this.bytes = bytes;
    }

    static TicketKey random(Instant now, SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new TicketKey(Instant.ofEpochSecond(now.getEpochSecond()), bytes);
    }

    /** The key that a line {@code SECONDS HEX} describes, or null when it is no such line. */
    static @Nullable TicketKey find(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            return null;
        }
        return new TicketKey(Instant.ofEpochSecond(Long.parseLong(matcher.group(1))), Hex.decode(matcher.group(2)));
    }

    Instant made() {
        return made;
    }

    /** The line that {@link #find} reads. Secret. */
    String line() {
        return made.getEpochSecond() + " " + Hex.encode(bytes);
    }

    OpenSslSessionTicketKey forEngine() {
        return new OpenSslSessionTicketKey(
                Arrays.copyOfRange(bytes, 0, PART),
                Arrays.copyOfRange(bytes, PART, 2 * PART),
                Arrays.copyOfRange(bytes, 2 * PART, LENGTH));
    }

    @Override
    public String toString() {
        return "ticket key of " + made;
    }
}

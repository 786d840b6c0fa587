package org.pinhole.turn.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;

/** One key that session tickets are sealed with (RFC 5077 §4): its name, its MAC key, its cipher key. Secret. */
record TicketKey(Instant made, String base64) {
    private static final int NAME = OpenSslSessionTicketKey.NAME_SIZE;
    private static final int MAC = OpenSslSessionTicketKey.HMAC_KEY_SIZE;
    private static final int LENGTH = OpenSslSessionTicketKey.TICKET_KEY_SIZE;

    static TicketKey random(Instant now, SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new TicketKey(now, Base64.getEncoder().encodeToString(bytes));
    }

    /** A line of the file: when it was made, and the key in base64. */
    static TicketKey parse(String line) {
        String[] parts = line.split(" ", -1);
        try {
            if (parts.length == 2) {
                if (Base64.getDecoder().decode(parts[1]).length == LENGTH) {
                    return new TicketKey(Instant.parse(parts[0]), parts[1]);
                }
            }
        } catch (DateTimeParseException | IllegalArgumentException e) {
            // told below, without the key in it
        }
        throw new IllegalArgumentException("expected TIME BASE64 with %d bytes of key".formatted(LENGTH));
    }

    String line() {
        return made + " " + base64;
    }

    OpenSslSessionTicketKey forBoringSsl() {
        byte[] bytes = Base64.getDecoder().decode(base64);
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(bytes, NAME),
                Arrays.copyOfRange(bytes, NAME, NAME + MAC),
                Arrays.copyOfRange(bytes, NAME + MAC, LENGTH));
    }

    @Override
    public String toString() {
        return "ticket key made " + made;
    }
}

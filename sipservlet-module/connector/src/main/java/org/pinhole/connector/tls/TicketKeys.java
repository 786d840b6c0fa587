package org.pinhole.connector.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.file.RotatingKeys;

/** The newest ticket key, which seals, and those before it, which still open. Immutable. */
final class TicketKeys implements RotatingKeys<TicketKeys> {
    /** How long the engine lets a client come back with a ticket: two days in TLS 1.3, where it was resumed last. */
    static final Duration TICKET_LIFETIME = Duration.ofDays(2);

    private static final String HEAD = "# Pinhole: keys of TLS session tickets, newest first. Secret. Rotated by the"
            + " connector; may be copied to other nodes.";

    private final List<TicketKey> newestFirst;

    private TicketKeys(List<TicketKey> newestFirst) {
        this.newestFirst = Collections.unmodifiableList(newestFirst);
    }

    static TicketKeys fresh(Instant now, SecureRandom random) {
        return new TicketKeys(Collections.singletonList(TicketKey.random(now, random)));
    }

    /** Reads {@link #text}, or returns null when this is no text of ticket keys. */
    static @Nullable TicketKeys parse(String text) {
        List<TicketKey> keys = new ArrayList<>();
        for (String line : text.split("\r?\n", -1)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            TicketKey key = TicketKey.find(line);
            if (key == null) {
                return null;
            }
            keys.add(key);
        }
        return keys.isEmpty() ? null : new TicketKeys(keys);
    }

    @Override
    public String text() {
        StringBuilder text = new StringBuilder(HEAD).append('\n');
        for (TicketKey key : newestFirst) {
            text.append(key.line()).append('\n');
        }
        return text.toString();
    }

    @Override
    public boolean isDue(Instant now, Duration rotation) {
        return !now.isBefore(newestFirst.get(0).made().plus(rotation));
    }

    /** With a new key in front, without those whose tickets have all run out: a key seals until its successor is made. */
    @Override
    public TicketKeys rotated(Instant now, SecureRandom random) {
        List<TicketKey> keys = new ArrayList<>();
        keys.add(TicketKey.random(now, random));
        Instant sealedUntil = now;
        for (TicketKey key : newestFirst) {
            if (now.isBefore(sealedUntil.plus(TICKET_LIFETIME))) {
                keys.add(key);
            }
            sealedUntil = key.made();
        }
        return new TicketKeys(keys);
    }

    int size() {
        return newestFirst.size();
    }

    OpenSslSessionTicketKey[] forEngine() {
        return newestFirst.stream().map(TicketKey::forEngine).toArray(OpenSslSessionTicketKey[]::new);
    }

    @Override
    public String toString() {
        return size() + " ticket keys";
    }
}

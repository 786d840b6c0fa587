package org.pinhole.turn.tls;

import io.netty.handler.ssl.OpenSslSessionTicketKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The keys that session tickets are sealed and opened with, newest first. The newest seals; the others only open what they
 * sealed, until they are too old. So a client resumes for two days, and a stolen file opens no more than that.
 */
public record TicketKeys(List<TicketKey> keys) {
    static final Duration ROTATION = Duration.ofHours(12);
    static final int KEPT = 5;

    public TicketKeys {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("holds no key");
        }
        keys = List.copyOf(keys.subList(0, Math.min(keys.size(), KEPT)));
    }

    /** One new key and nothing that it would have to open. */
    public static TicketKeys fresh(Instant now, SecureRandom random) {
        return new TicketKeys(List.of(TicketKey.random(now, random)));
    }

    /** The lines of a file, newest key first; a line that is none is an IllegalArgumentException with its number. */
    public static TicketKeys parse(List<String> lines) {
        List<TicketKey> keys = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                try {
                    keys.add(TicketKey.parse(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException("line %d: %s".formatted(i + 1, e.getMessage()), e);
                }
            }
        }
        return new TicketKeys(keys);
    }

    public List<String> lines() {
        return keys.stream().map(TicketKey::line).toList();
    }

    /** Whether the newest has sealed for long enough. */
    private boolean isDue(Instant now) {
        return !now.isBefore(keys.get(0).made().plus(ROTATION));
    }

    /** These, or with a new one in front if it is time for one. */
    public TicketKeys current(Instant now, SecureRandom random) {
        return isDue(now) ? rotated(now, random) : this;
    }

    private TicketKeys rotated(Instant now, SecureRandom random) {
        List<TicketKey> rotated = new ArrayList<>();
        rotated.add(TicketKey.random(now, random));
        rotated.addAll(keys);
        return new TicketKeys(rotated);
    }

    OpenSslSessionTicketKey[] forBoringSsl() {
        return keys.stream().map(TicketKey::forBoringSsl).toArray(OpenSslSessionTicketKey[]::new);
    }
}

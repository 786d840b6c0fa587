package org.pinhole.connector.file;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;

/**
 * Keys of which the newest is used, and is replaced from time to time. Immutable.
 *
 * @param <K> the type itself
 */
public interface RotatingKeys<K extends RotatingKeys<K>> {
    /** All of it, as it stands in its file. Secret. */
    String text();

    /** Whether the newest key has been used for as long as it may. */
    boolean isDue(Instant now, Duration rotation);

    /** The same with a new key in front, and without those that nobody can need any more. */
    K rotated(Instant now, SecureRandom random);
}

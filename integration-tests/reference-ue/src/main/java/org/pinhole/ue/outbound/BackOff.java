package org.pinhole.ue.outbound;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to leave an edge alone after a flow to it could not be formed (O-16, RFC 5626 §4.5). */
final class BackOff {
    static final Duration MAX = Duration.ofMinutes(30);
    static final Duration BASE_ALL_FAILED = Duration.ofSeconds(30);
    static final Duration BASE = Duration.ofSeconds(90);

    private final RandomGenerator random;

    BackOff(RandomGenerator random) {
        this.random = random;
    }

    /** Uniform between half and all of min(max, base · 2^failures); {@code failures} in a row, 1 after the first. */
    Duration delay(int failures, boolean allFailed) {
        long upper = upperBound(failures, allFailed).toMillis();
        return Duration.ofMillis(random.nextLong(upper / 2, upper + 1));
    }

    static Duration upperBound(int failures, boolean allFailed) {
        Duration wait = allFailed ? BASE_ALL_FAILED : BASE;
        for (int i = 0; i < failures && wait.compareTo(MAX) < 0; i++) {
            wait = wait.multipliedBy(2);
        }
        return wait.compareTo(MAX) > 0 ? MAX : wait;
    }
}

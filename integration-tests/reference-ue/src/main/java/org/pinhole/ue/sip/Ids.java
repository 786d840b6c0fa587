package org.pinhole.ue.sip;

import java.util.random.RandomGenerator;

/** The random names that SIP needs, from one source of randomness. */
final class Ids {
    private final RandomGenerator random;

    Ids(RandomGenerator random) {
        this.random = random;
    }

    /** With the magic cookie of RFC 3261 §8.1.1.7. */
    String branch() {
        return "z9hG4bK" + hex();
    }

    String tag() {
        return hex();
    }

    String callId() {
        return hex() + hex();
    }

    String cnonce() {
        return hex() + hex();
    }

    private String hex() {
        return "%016x".formatted(random.nextLong());
    }
}

package org.pinhole.ue.ice;

import java.util.random.RandomGenerator;

/** Who nominates (RFC 8445 §6.1.1), and how two that think the same of themselves agree (§7.3.1.1). One thread. */
final class Role {
    private final long tieBreaker;
    private boolean controlling;

    Role(boolean controlling, RandomGenerator random) {
        this.controlling = controlling;
        this.tieBreaker = random.nextLong();
    }

    boolean controlling() {
        return controlling;
    }

    long tieBreaker() {
        return tieBreaker;
    }

    boolean sameAs(Check check) {
        return check.controlling() == controlling;
    }

    /** Whether it is the far end that has to change: the greater tie-breaker controls. */
    boolean prevails(Check check) {
        boolean ours = Long.compareUnsigned(tieBreaker, check.tieBreaker()) >= 0;
        return ours == controlling;
    }

    void change() {
        controlling = !controlling;
    }
}

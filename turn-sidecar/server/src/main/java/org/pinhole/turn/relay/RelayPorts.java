package org.pinhole.turn.relay;

import java.util.BitSet;
import java.util.random.RandomGenerator;

/**
 * Which ports of one address are in use; random within the range (RFC 6056). Shared by all event loops: its lock guards
 * the set alone and is taken once when an allocation opens and once when it closes.
 */
final class RelayPorts {
    static final int NONE = -1;

    private final PortRange range;
    private final RandomGenerator random;
    private final BitSet used;

    RelayPorts(PortRange range, RandomGenerator random) {
        this.range = range;
        this.random = random;
        this.used = new BitSet(range.size());
    }

    /** A free port, from now on in use, or {@link #NONE}. */
    synchronized int take(boolean even) {
        int from = random.nextInt(range.size());
        int index = next(from, range.size(), even);
        if (index == NONE) {
            index = next(0, from, even);
        }
        if (index == NONE) {
            return NONE;
        }
        used.set(index);
        return range.lowest() + index;
    }

    synchronized void giveBack(int port) {
        used.clear(port - range.lowest());
    }

    private int next(int from, int end, boolean even) {
        for (int i = used.nextClearBit(from); i < end; i = used.nextClearBit(i + 1)) {
            if (!even || (range.lowest() + i) % 2 == 0) {
                return i;
            }
        }
        return NONE;
    }
}

package org.pinhole.ue.sip;

import java.util.Arrays;

/** Octets that wait for the rest of their message. Appending costs what is appended, however small the pieces. One thread. */
final class HeldOctets {
    private static final int LEAST = 1024;

    private byte[] octets = new byte[LEAST];
    private int from;
    private int to;

    int size() {
        return to - from;
    }

    byte at(int index) {
        return octets[from + index];
    }

    void add(byte[] more, int offset, int length) {
        if (to + length > octets.length) {
            makeRoom(length);
        }
        System.arraycopy(more, offset, octets, to, length);
        to += length;
    }

    private void makeRoom(int length) {
        int size = size();
        byte[] roomy = size + length > octets.length / 2 ? new byte[Math.max(LEAST, 2 * (size + length))] : octets;
        System.arraycopy(octets, from, roomy, 0, size);
        octets = roomy;
        from = 0;
        to = size;
    }

    /** The first so many, which stay. */
    byte[] first(int count) {
        return Arrays.copyOfRange(octets, from, from + count);
    }

    void drop(int count) {
        from += count;
        if (from == to) {
            from = 0;
            to = 0;
        }
    }

    /** Where a blank line ends a head, at or behind that place; -1 when none does. */
    int headEnd(int start) {
        for (int at = Math.max(0, start); at + 4 <= size(); at++) {
            if (at(at) == '\r' && at(at + 1) == '\n' && at(at + 2) == '\r' && at(at + 3) == '\n') {
                return at;
            }
        }
        return -1;
    }
}

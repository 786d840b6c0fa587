package org.pinhole.turn.relay;

/** The ports that relayed addresses may have, both ends included (RFC 8656 §7.2: 49152–65535 unless told otherwise). */
public record PortRange(int lowest, int highest) {
    public static final PortRange DYNAMIC = new PortRange(49152, 65535);

    public PortRange {
        if (lowest < 1024 || highest > 65535 || lowest > highest) {
            throw new IllegalArgumentException(
                    "ports %d-%d: allowed is LO-HI within 1024-65535".formatted(lowest, highest));
        }
    }

    /** Reads {@code LO-HI}. */
    public static PortRange parse(String text) {
        int dash = text.indexOf('-');
        try {
            return new PortRange(
                    Integer.parseInt(text.substring(0, Math.max(dash, 0)).trim()),
                    Integer.parseInt(text.substring(dash + 1).trim()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "ports '%s': allowed is LO-HI, for example 49152-65535".formatted(text), e);
        }
    }

    boolean contains(int port) {
        return lowest <= port && port <= highest;
    }

    int size() {
        return highest - lowest + 1;
    }

    @Override
    public String toString() {
        return lowest + "-" + highest;
    }
}

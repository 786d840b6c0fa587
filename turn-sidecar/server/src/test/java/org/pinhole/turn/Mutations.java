package org.pinhole.turn;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.RawAttribute;

/** Messages that are nearly right, the same ones in every run. */
final class Mutations {
    private static final int[] TELLING = {0, 1, 3, 4, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFC, 0xFFFF};
    private static final int[] TYPES = {
        0x0001, 0x0006, 0x0008, 0x0009, 0x000A, 0x000C, 0x000D, 0x0012, 0x0013, 0x0014, 0x0015, 0x0016, 0x0017, 0x0018,
        0x0019, 0x001A, 0x001C, 0x001D, 0x001E, 0x0020, 0x0022, 0x002A, 0x8000, 0x8001, 0x8002, 0x8003, 0x8004, 0x8022,
        0x8023, 0x8028, 0x7777
    };

    private final Random random;

    Mutations(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T oneOf(List<T> all) {
        return all.get(below(all.size()));
    }

    /** A message with one to four things wrong with it. */
    byte[] of(byte[] valid) {
        byte[] message = valid.clone();
        for (int left = 1 + below(4); left > 0 && message.length > 4; left--) {
            message = once(message);
        }
        return message;
    }

    private byte[] once(byte[] message) {
        int at = below(message.length - 1);
        switch (below(7)) {
            case 0 -> message[at] ^= (byte) (1 << below(8));
            case 1 -> message[at] = (byte) below(256);
            case 2 -> put16(message, at, TELLING[below(TELLING.length)]);
            case 3 -> put16(message, 2, TELLING[below(TELLING.length)]); // the length
            case 4 -> {
                return Arrays.copyOf(message, at);
            }
            case 5 -> {
                return Arrays.copyOf(message, message.length + below(64));
            }
            default -> System.arraycopy(message, 0, message, at, message.length - at);
        }
        return message;
    }

    private static void put16(byte[] message, int at, int value) {
        message[at] = (byte) (value >> 8);
        message[at + 1] = (byte) value;
    }

    /** Attributes of known types with values that are not what belongs there, to be signed as they are. */
    Attribute[] attributes() {
        return random.ints(below(5), 0, TYPES.length)
                .mapToObj(type -> new RawAttribute(TYPES[type], value()))
                .toArray(Attribute[]::new);
    }

    private byte[] value() {
        byte[] value = new byte[below(3) == 0 ? below(300) : 4 * below(6)];
        random.nextBytes(value);
        return value;
    }
}

package org.pinhole.ue.turn;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

/** A packet that tells its number, and whose every byte follows from that number: nothing in it changes unseen. */
final class NumberedPacket {
    static final int MIN_BYTES = Integer.BYTES;
    /** What {@link #read} answers to a packet that is none of ours. */
    static final int ALTERED = -1;

    private NumberedPacket() {}

    static byte[] write(int number, int bytes) {
        byte[] packet = new byte[bytes];
        new SplittableRandom(number).nextBytes(packet);
        ByteBuffer.wrap(packet).putInt(number);
        return packet;
    }

    /** The packet's number if it is, to the last byte, one of the first {@code count} packets of that size. */
    static int read(byte[] packet, int bytes, int count) {
        if (packet.length != bytes) {
            return ALTERED;
        }
        int number = ByteBuffer.wrap(packet).getInt();
        boolean ours = number >= 0 && number < count && Arrays.equals(packet, write(number, bytes));
        return ours ? number : ALTERED;
    }
}

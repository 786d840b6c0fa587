package org.pinhole.connector.transport;

import org.jspecify.annotations.Nullable;

/** What a SIP stream consists of: messages, and keep-alive pings between them. */
final class Frame {
    private static final Frame ONE_PING = new Frame(null, 1);

    private final byte @Nullable [] message;
    private final int pings;

    private Frame(byte @Nullable [] message, int pings) {
        this.message = message;
        this.pings = pings;
    }

    static Frame message(byte[] bytes) {
        return new Frame(bytes, 0);
    }

    /** So many double CRLFs, one behind the other (RFC 5626 §4.4.1). */
    static Frame pings(int number) {
        return number == 1 ? ONE_PING : new Frame(null, number);
    }

    boolean isPing() {
        return message == null;
    }

    /** How many pings in a row; 0 for a message. */
    int pings() {
        return pings;
    }

    /** The octets of the message, start line to end of body; the receiver's to keep. */
    byte[] bytes() {
        if (message == null) {
            throw new IllegalStateException("a ping has no bytes");
        }
        return message;
    }
}

package org.pinhole.connector.transport;

import org.jspecify.annotations.Nullable;

/** What a SIP stream consists of: messages, and keep-alive pings between them. */
final class Frame {
    /** A double CRLF between messages (RFC 5626 §4.4.1). */
    static final Frame PING = new Frame(null);

    private final byte @Nullable [] message;

    private Frame(byte @Nullable [] message) {
        this.message = message;
    }

    static Frame message(byte[] bytes) {
        return new Frame(bytes);
    }

    boolean isPing() {
        return message == null;
    }

    /** The octets of the message, start line to end of body; the receiver's to keep. */
    byte[] bytes() {
        if (message == null) {
            throw new IllegalStateException("a ping has no bytes");
        }
        return message;
    }
}

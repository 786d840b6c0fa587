package org.pinhole.stun;

/**
 * Method and class as they are interleaved in the first sixteen bits of a message (RFC 8489 §5).
 *
 * <pre>
 * 0 0 M11..M7 C1 M6..M4 C0 M3..M0
 * </pre>
 */
public record MessageType(StunMethod method, StunClass kind) {

    static MessageType of(int bits) {
        int method = (bits & 0x000F) | ((bits & 0x00E0) >> 1) | ((bits & 0x3E00) >> 2);
        int kind = ((bits & 0x0010) >> 4) | ((bits & 0x0100) >> 7);
        return new MessageType(new StunMethod(method), StunClass.of(kind));
    }

    public int bits() {
        int m = method.code();
        int c = kind.code();
        return (m & 0x000F) | ((m & 0x0070) << 1) | ((m & 0x0F80) << 2) | ((c & 1) << 4) | ((c & 2) << 7);
    }

    /** The type of the answer that reports success to a request of this type. */
    public MessageType success() {
        return new MessageType(method, StunClass.SUCCESS);
    }

    /** The type of the answer that reports an error to a request of this type. */
    public MessageType error() {
        return new MessageType(method, StunClass.ERROR);
    }
}

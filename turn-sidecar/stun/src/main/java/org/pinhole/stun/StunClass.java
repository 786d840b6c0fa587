package org.pinhole.stun;

/** The two class bits of a message type (RFC 8489 §5). */
public enum StunClass {
    REQUEST(0),
    INDICATION(1),
    SUCCESS(2),
    ERROR(3);

    private static final StunClass[] BY_CODE = {REQUEST, INDICATION, SUCCESS, ERROR};

    private final int code;

    StunClass(int code) {
        this.code = code;
    }

    static StunClass of(int code) {
        return BY_CODE[code];
    }

    int code() {
        return code;
    }
}

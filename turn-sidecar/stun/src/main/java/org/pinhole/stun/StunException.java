package org.pinhole.stun;

/** What is wrong with a message, with the ERROR-CODE that says so on the wire (RFC 8489 §14.8, RFC 8656 §19). */
public final class StunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** An error of the given code; {@code message} is for logs and never needed to understand the answer. */
    public StunException(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** 400, and every failure to decode: the sender broke the format. */
    public static StunException badRequest(String message) {
        return new StunException(400, message);
    }

    /** The code of the ERROR-CODE attribute, 300 to 699. */
    public int code() {
        return code;
    }
}

package org.pinhole.stun;

import java.util.List;

/** What is wrong with a message, with the ERROR-CODE that says so on the wire (RFC 8489 §14.8, RFC 8656 §19). */
public final class StunException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int code;
    private final transient List<Attribute> attributes;

    /** An error of the given code; {@code message} is for logs and never needed to understand the answer. */
    public StunException(int code, String message) {
        this(code, message, List.of());
    }

    /** An error whose answer carries more than its code. */
    public StunException(int code, String message, List<Attribute> attributes) {
        super(message, null, false, false);
        this.code = code;
        this.attributes = List.copyOf(attributes);
    }

    /** 400, and every failure to decode: the sender broke the format. */
    public static StunException badRequest(String message) {
        return new StunException(400, message);
    }

    /** 420, naming the comprehension-required attributes that are not understood here (RFC 8489 §6.3.1). */
    public static StunException unknownAttributes(List<Integer> types) {
        return new StunException(420, "unknown attributes " + types, List.of(new UnknownAttributes(types)));
    }

    /** The code of the ERROR-CODE attribute, 300 to 699. */
    public int code() {
        return code;
    }

    /** What the answer carries beside ERROR-CODE. */
    public List<Attribute> attributes() {
        return attributes;
    }
}

package org.pinhole.stun;

/** A method: twelve bits of the message type, known to us or not (RFC 8489 §18.2, RFC 8656 §17, RFC 6062 §6.1). */
public record StunMethod(int code) {
    public static final StunMethod BINDING = new StunMethod(0x001);
    public static final StunMethod ALLOCATE = new StunMethod(0x003);
    public static final StunMethod REFRESH = new StunMethod(0x004);
    public static final StunMethod SEND = new StunMethod(0x006);
    public static final StunMethod DATA = new StunMethod(0x007);
    public static final StunMethod CREATE_PERMISSION = new StunMethod(0x008);
    public static final StunMethod CHANNEL_BIND = new StunMethod(0x009);
    public static final StunMethod CONNECT = new StunMethod(0x00A);
    public static final StunMethod CONNECTION_BIND = new StunMethod(0x00B);
    public static final StunMethod CONNECTION_ATTEMPT = new StunMethod(0x00C);

    public StunMethod {
        if (code < 0 || code > 0xFFF) {
            throw StunException.badRequest("method 0x%X has more than twelve bits".formatted(code));
        }
    }

    /** The message type "this method as a request". */
    public MessageType request() {
        return new MessageType(this, StunClass.REQUEST);
    }

    /** The message type "this method as an indication". */
    public MessageType indication() {
        return new MessageType(this, StunClass.INDICATION);
    }
}

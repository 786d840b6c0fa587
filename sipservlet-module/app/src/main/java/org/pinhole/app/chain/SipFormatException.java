package org.pinhole.app.chain;

/** A text is not what SIP's grammar asks for. The message names the part, never quotes secrets. */
public final class SipFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says in a few words what is wrong, fit for a reason phrase. */
    public SipFormatException(String message) {
        super(message);
    }
}

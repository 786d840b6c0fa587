package org.pinhole.ue.sip;

/** What was received is not SIP. The one exception that parsing in this package throws. */
public final class SipFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SipFormatException(String message) {
        super(message);
    }
}

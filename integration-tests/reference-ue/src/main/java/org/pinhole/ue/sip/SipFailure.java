package org.pinhole.ue.sip;

import java.io.IOException;

/** What the UE wanted did not come about. The message is one line that says what was seen. */
public final class SipFailure extends IOException {
    private static final long serialVersionUID = 1L;

    public SipFailure(String message) {
        super(message);
    }

    public SipFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /** A final response that is not a success. */
    static SipFailure answered(String what, SipResponse response) {
        String taken =
                response.effectiveStatus() == response.status() ? "" : " (taken as " + response.effectiveStatus() + ")";
        return new SipFailure(what + " was answered " + response.status() + " " + response.reason() + taken);
    }
}

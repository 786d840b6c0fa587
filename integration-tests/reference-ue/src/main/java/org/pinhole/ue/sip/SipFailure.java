package org.pinhole.ue.sip;

import java.io.IOException;
import java.time.Duration;

/** What the UE wanted did not come about. The message is one line that says what was seen. */
public final class SipFailure extends IOException {
    private static final long serialVersionUID = 1L;
    private final Duration retryAfter;

    public SipFailure(String message) {
        this(message, Duration.ZERO);
    }

    private SipFailure(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    public SipFailure(String message, Throwable cause) {
        super(message, cause);
        this.retryAfter = cause instanceof SipFailure failure ? failure.retryAfter : Duration.ZERO;
    }

    /** A final response that is not a success. */
    static SipFailure answered(String what, SipResponse response) {
        String taken =
                response.effectiveStatus() == response.status() ? "" : " (taken as " + response.effectiveStatus() + ")";
        return new SipFailure(
                what + " was answered " + response.status() + " " + response.reason() + taken, response.retryAfter());
    }

    /** How long the far end asked us to wait before we try again (RFC 3261 §20.33); zero when it did not. */
    public Duration retryAfter() {
        return retryAfter;
    }
}

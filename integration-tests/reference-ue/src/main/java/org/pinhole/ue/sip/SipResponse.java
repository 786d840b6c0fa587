package org.pinhole.ue.sip;

/** A response: status and reason phrase. */
public final class SipResponse extends SipMessage {
    private final int status;
    private final String reason;

    public SipResponse(int status, String reason, SipHeaders headers, byte[] body) {
        super(headers, body);
        this.status = status;
        this.reason = reason;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    /** The status as an endpoint must take it: 430 Flow Failed is for proxies, here it counts as 400 (RFC 5626 §11.5, U-12). */
    public int effectiveStatus() {
        return status == 430 ? 400 : status;
    }

    public boolean provisional() {
        return status < 200;
    }

    public boolean success() {
        return status >= 200 && status < 300;
    }

    /** The same response with other headers. */
    public SipResponse with(SipHeaders otherHeaders) {
        return new SipResponse(status, reason, otherHeaders, body());
    }

    @Override
    public String startLine() {
        return "SIP/2.0 " + status + " " + reason;
    }
}

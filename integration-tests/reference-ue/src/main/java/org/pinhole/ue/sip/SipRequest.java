package org.pinhole.ue.sip;

/** A request: method and Request-URI, both verbatim. */
public final class SipRequest extends SipMessage {
    private final String method;
    private final String uri;

    public SipRequest(String method, String uri, SipHeaders headers, byte[] body) {
        super(headers, body);
        this.method = method;
        this.uri = uri;
    }

    public String method() {
        return method;
    }

    /** The Request-URI, octet for octet as it stood in the start line. */
    public String uri() {
        return uri;
    }

    /** The same request with other headers. */
    public SipRequest with(SipHeaders otherHeaders) {
        return new SipRequest(method, uri, otherHeaders, body());
    }

    @Override
    public String startLine() {
        return method + " " + uri + " SIP/2.0";
    }
}

package org.pinhole.ue.sip;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A request or a response (RFC 3261 §7). Never changes; what was not touched is written as it was read. */
public abstract sealed class SipMessage permits SipRequest, SipResponse {
    private final SipHeaders headers;
    private final byte[] body;

    SipMessage(SipHeaders headers, byte[] body) {
        this.headers = headers;
        this.body = body.clone();
    }

    /** The first line, without its line end. */
    public abstract String startLine();

    public final SipHeaders headers() {
        return headers;
    }

    public final byte[] body() {
        return body.clone();
    }

    public final String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Octets for the wire. Content-Length is always what the body has, whatever the headers said. */
    public final byte[] encode() {
        String head = startLine() + "\r\n" + headers.with("Content-Length", Integer.toString(body.length)) + "\r\n";
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        octets.writeBytes(body);
        return octets.toByteArray();
    }

    public final Via topVia() {
        return Via.parse(headers.entries("Via").stream()
                .findFirst()
                .orElseThrow(() -> new SipFormatException("no Via header in " + startLine())));
    }

    public final CSeq cseq() {
        return CSeq.parse(headers.require("CSeq"));
    }

    public final String callId() {
        return headers.require("Call-ID");
    }

    public final NameAddr from() {
        return NameAddr.parse(headers.require("From"));
    }

    public final NameAddr to() {
        return NameAddr.parse(headers.require("To"));
    }

    @Override
    public String toString() {
        return startLine();
    }
}

package org.pinhole.connector.transport;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;

/** SIP messages for tests, from the lines that matter. */
final class SipText {
    private SipText() {}

    static SIPMessage request(String method, String uri, String... moreLines) throws ParseException {
        return parse(method + " " + uri + " SIP/2.0", method, "To: <sip:bob@pinhole.test>", moreLines);
    }

    static SIPMessage inDialog(String method, String uri, String... moreLines) throws ParseException {
        return parse(method + " " + uri + " SIP/2.0", method, "To: <sip:bob@pinhole.test>;tag=2", moreLines);
    }

    static SIPMessage response(String status, String method, String... moreLines) throws ParseException {
        return parse("SIP/2.0 " + status, method, "To: <sip:bob@pinhole.test>;tag=2", moreLines);
    }

    private static SIPMessage parse(String startLine, String method, String to, String... moreLines)
            throws ParseException {
        String text = startLine + "\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
                + "From: <sip:alice@pinhole.test>;tag=1\r\n" + to + "\r\nCall-ID: c\r\nCSeq: 1 " + method + "\r\n"
                + String.join("\r\n", moreLines) + (moreLines.length == 0 ? "" : "\r\n") + "Content-Length: 0\r\n\r\n";
        return new StringMsgParser()
                .parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, (fault, m, c, h, t) -> {
                    throw fault;
                });
    }
}

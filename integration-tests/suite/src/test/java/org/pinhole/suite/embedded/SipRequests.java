package org.pinhole.suite.embedded;

import java.util.Locale;
import java.util.UUID;

/** The few requests these tests send, as text. */
final class SipRequests {
    private SipRequests() {}

    static String request(String method, String transport) {
        return request(method, transport, "");
    }

    /** A request whose Via carries {@code rport} and, after it, what {@code viaParameters} says (";keep"). */
    static String request(String method, String transport, String viaParameters) {
        String id = UUID.randomUUID().toString();
        return """
                %1$s sip:pinhole.test SIP/2.0
                Via: SIP/2.0/%2$s 127.0.0.1:5999;branch=z9hG4bK%3$s;rport%4$s
                Max-Forwards: 70
                From: <sip:alice@pinhole.test>;tag=%3$s
                To: <sip:alice@pinhole.test>
                Call-ID: %3$s
                CSeq: 1 %1$s
                Contact: <sip:alice@127.0.0.1:5999;transport=%5$s>
                Expires: 600
                Content-Length: 0

                """.formatted(method, transport, id, viaParameters, transport.toLowerCase(Locale.ROOT))
                .replace("\n", "\r\n");
    }
}

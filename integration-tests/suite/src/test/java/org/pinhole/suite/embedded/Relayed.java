package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.UUID;

/** What phones and {@link RelayingServlet} say to each other. */
final class Relayed {
    private Relayed() {}

    /** Sends a request with this Contact and returns the one that the application saw. */
    static String announce(SipConnection phone, String transport, String contact) throws IOException {
        phone.send(publish(transport, contact, "X-Nothing: to relay"));
        SipResponse response = phone.read();
        assertThat(response.status()).isEqualTo(200);
        return response.header("X-Contact-Seen");
    }

    /** A request for that application; {@code header} is one more line of it. */
    static String publish(String transport, String contact, String header) {
        String id = UUID.randomUUID().toString();
        return """
                PUBLISH sip:relay@pinhole.test SIP/2.0
                Via: SIP/2.0/%4$s 127.0.0.1:5999;branch=z9hG4bK%1$s;rport
                Max-Forwards: 70
                From: <sip:someone@pinhole.test>;tag=%1$s
                To: <sip:relay@pinhole.test>
                Call-ID: %1$s
                CSeq: 1 PUBLISH
                Event: presence
                Expires: 60
                Contact: <%2$s>
                %3$s
                Content-Length: 0

                """.formatted(id, contact, header, transport).replace("\n", "\r\n");
    }

    static String ok(String request) {
        StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n");
        request.lines()
                .filter(line -> line.matches("(Via|From|Call-ID|CSeq): .*"))
                .forEach(line -> response.append(line).append("\r\n"));
        String to = request.lines()
                .filter(line -> line.startsWith("To: "))
                .findFirst()
                .orElseThrow();
        return response.append(to)
                .append(";tag=phone\r\nContent-Length: 0\r\n\r\n")
                .toString();
    }
}

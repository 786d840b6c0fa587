package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    /** The beginning of a call through that application. */
    static String invite(String transport, String contact, String target) {
        return publish(transport, contact, "X-Relay-To: " + target)
                .replace("PUBLISH", "INVITE")
                .replace("Event: presence\r\nExpires: 60\r\n", "");
    }

    /** A request within the call that a 200 has made, as RFC 3261 §12.1.2 has its caller route it. */
    static String withinDialog(String method, int cseq, String transport, SipResponse ok) {
        List<String> routes = new ArrayList<>();
        ok.text()
                .lines()
                .filter(line -> line.startsWith("Record-Route: "))
                .flatMap(line ->
                        Arrays.stream(line.substring("Record-Route: ".length()).split(",\\s*", -1)))
                .forEach(route -> routes.add(0, "Route: " + route + "\r\n"));
        return method + " " + ok.header("Contact").replaceAll(".*<(.*)>.*", "$1") + " SIP/2.0\r\n"
                + "Via: SIP/2.0/" + transport + " 127.0.0.1:5999;branch=z9hG4bK" + UUID.randomUUID() + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + String.join("", routes)
                + "From: " + ok.header("From") + "\r\nTo: " + ok.header("To") + "\r\nCall-ID: " + ok.header("Call-ID")
                + "\r\nCSeq: " + cseq + " " + method + "\r\nContent-Length: 0\r\n\r\n";
    }

    static String ok(String request) {
        return ok(request, "");
    }

    /** With further header lines, each with its end. */
    static String ok(String request, String more) {
        StringBuilder response = new StringBuilder("SIP/2.0 200 OK\r\n").append(more);
        request.lines()
                .filter(line -> line.matches("(Via|Record-Route|From|Call-ID|CSeq): .*"))
                .forEach(line -> response.append(line).append("\r\n"));
        String to = request.lines()
                .filter(line -> line.startsWith("To: "))
                .findFirst()
                .orElseThrow();
        return response.append(to)
                .append(to.contains(";tag=") ? "" : ";tag=phone")
                .append("\r\nContent-Length: 0\r\n\r\n")
                .toString();
    }
}

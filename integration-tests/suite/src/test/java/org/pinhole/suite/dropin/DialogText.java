package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** What a phone says within the dialog that an INVITE has made, routed as RFC 3261 §12 has it; as text, for tests to look at. */
final class DialogText {
    private DialogText() {}

    /** A request of the caller, to whom the dialog is what this 200 says. */
    static String byCaller(String method, int cseq, String ok, String sentBy) {
        List<String> routes = new ArrayList<>(recordRoutes(ok));
        Collections.reverse(routes);
        return request(method, cseq, ok, routes, line(ok, "From"), line(ok, "To"), sentBy);
    }

    /** A request of whoever was called, to whom it is what the INVITE and the own tag say. */
    static String byCallee(String method, int cseq, String invite, String ownTag, String sentBy) {
        String from = line(invite, "To") + ";tag=" + ownTag;
        return request(method, cseq, invite, recordRoutes(invite), from, line(invite, "From"), sentBy);
    }

    private static String request(
            String method, int cseq, String made, List<String> routes, String from, String to, String sentBy) {
        return method + " " + uriOf(line(made, "Contact")) + " SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS " + sentBy + ";branch=z9hG4bK" + UUID.randomUUID() + ";rport\r\n"
                + "Max-Forwards: 70\r\n"
                + routes.stream().map(route -> "Route: " + route + "\r\n").collect(Collectors.joining())
                + "From: " + from + "\r\nTo: " + to + "\r\nCall-ID: " + line(made, "Call-ID") + "\r\n"
                + "CSeq: " + cseq + " " + method + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** CANCEL of a request, or the ACK of its refusal: what its transaction alone decides (RFC 3261 §9.1, §17.1.1.3). */
    static String ofTransaction(String method, String request, String to) {
        return method + " " + request.split(" ", 3)[1] + " SIP/2.0\r\n"
                + "Via: " + line(request, "Via") + "\r\nMax-Forwards: 70\r\n"
                + "From: " + line(request, "From") + "\r\nTo: " + to + "\r\n"
                + "Call-ID: " + line(request, "Call-ID") + "\r\n"
                + "CSeq: " + line(request, "CSeq").replaceAll("\\D", "") + " " + method + "\r\n"
                + "Content-Length: 0\r\n\r\n";
    }

    /** The URIs of its Record-Route, as it has them, each in its angle brackets. */
    static List<String> recordRoutes(String message) {
        return message.lines()
                .filter(line -> line.startsWith("Record-Route: "))
                .flatMap(line ->
                        Arrays.stream(line.substring("Record-Route: ".length()).split(",\\s*", -1)))
                .toList();
    }

    /** The tag that whoever was called has given itself. */
    static String tagOfCallee(String response) {
        return line(response, "To").replaceAll(".*;tag=([^;]*).*", "$1");
    }

    /** The token of a phone's flow in a route of ours (RFC 5626 §5.3). */
    static String tokenOf(String route) {
        return route.replaceAll(".*;pinhole-flow=([\\w-]*).*", "$1");
    }

    /** The same text with one character of the token changed. */
    static String altered(String message, String token) {
        char other = token.charAt(20) == 'A' ? 'B' : 'A';
        return message.replace(token, token.substring(0, 20) + other + token.substring(21));
    }

    static String uriOf(String address) {
        return address.replaceAll(".*<(.*)>.*", "$1");
    }

    /** The value of the first header field of that name. */
    static String line(String message, String name) {
        String value = message.lines()
                .filter(line -> line.startsWith(name + ": "))
                .findFirst()
                .map(line -> line.substring(name.length() + 2))
                .orElse("");
        assertThat(value).as("%s in %s", name, message).isNotEmpty();
        return value;
    }
}

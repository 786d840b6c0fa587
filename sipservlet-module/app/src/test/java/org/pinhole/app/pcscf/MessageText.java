package org.pinhole.app.pcscf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.SipUri;

/** A message as it stands in a file of golden messages: a start line, header fields, a blank line. */
final class MessageText implements PassingResponse {
    private final String startLine;
    private final List<String[]> headers = new ArrayList<>();

    /** Reads a block, whose first line says only who speaks. */
    MessageText(String block) {
        String[] lines = block.trim().split("\n", -1);
        startLine = lines[1].trim();
        for (int i = 2; i < lines.length; i++) {
            if (!lines[i].trim().isEmpty()) {
                headers.add(lines[i].trim().split(":\\s*", 2));
            }
        }
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    FakeExchange exchange(@Nullable FakeFlow flow) {
        String[] words = startLine.split(" ", -1);
        FakeExchange exchange = new FakeExchange(words[0], words[1], flow);
        headers.forEach(header -> exchange.with(header[0], header[1]));
        return exchange;
    }

    /** The user part of the topmost Route. */
    String routeUser() {
        return String.valueOf(
                SipUri.parse(NameAddress.parse(headers("Route").get(0)).uri()).user());
    }

    @Override
    public int status() {
        return Integer.parseInt(startLine.split(" ", -1)[1]);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        headers.stream().filter(header -> header[0].equalsIgnoreCase(name)).forEach(header -> values.add(header[1]));
        return values;
    }

    @Override
    public void setHeaders(String name, List<String> values) {
        headers.removeIf(header -> header[0].equalsIgnoreCase(name));
        values.forEach(value -> headers.add(new String[] {name, value}));
    }

    String text() {
        StringBuilder text = new StringBuilder(startLine).append('\n');
        headers.forEach(
                header -> text.append(header[0]).append(": ").append(header[1]).append('\n'));
        return text.append('\n').toString();
    }

    /** What was answered. */
    static String of(Reply reply) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + reply.status() + " " + reply.reason()).append('\n');
        reply.headers()
                .forEach(header -> text.append(header.name())
                        .append(": ")
                        .append(header.value())
                        .append('\n'));
        if (!reply.body().isEmpty()) {
            text.append("Content-Type: ").append(reply.bodyType()).append('\n');
        }
        return text.append('\n').toString();
    }

    /** What was sent on. */
    static String of(FakeExchange exchange) {
        StringBuilder text =
                new StringBuilder(exchange.method() + " " + exchange.requestUri() + " SIP/2.0").append('\n');
        exchange.onward()
                .routes()
                .forEach(route -> text.append("Route: <").append(route).append(">\n"));
        for (String[] header : exchange.all()) {
            if (!header[0].equalsIgnoreCase("Route") || !exchange.onward().replacesRoute()) {
                text.append(header[0]).append(": ").append(header[1]).append('\n');
            }
        }
        return text.append('\n').toString();
    }
}

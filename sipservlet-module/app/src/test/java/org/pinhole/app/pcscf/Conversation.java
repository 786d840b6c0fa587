package org.pinhole.app.pcscf;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.RequestChain;
import org.pinhole.app.chain.Step;
import org.pinhole.app.outbound.DeliverStep;
import org.pinhole.app.outbound.FlowStep;

/**
 * A file of golden messages: what comes in stands there, and what goes out is written down beside it. A block begins with a
 * line of its own:
 *
 * <pre>
 *  &gt; phone FLOW   a request of the phone on that flow, or its answer to the last request
 *  &gt; core         a request of the core to the flow that its Route names, or its answer to the last request
 *  &lt; core, &lt; phone FLOW   what goes there then
 *  = name value   a setting; before the first message
 *  ! wait SECONDS, ! lost FLOW, ! ended URI   what happens
 * </pre>
 */
final class Conversation {
    private final Map<String, String> settings = new HashMap<>();
    private final FakeFlows flows = new FakeFlows();
    private final HandClock clock = new HandClock();
    private final Map<String, FakeFlow> byName = new HashMap<>();
    private final StringBuilder seen = new StringBuilder();
    private int icids;
    private final Pcscf pcscf = new Pcscf(flows, () -> "icid-" + ++icids, clock);
    private final List<String> asked = new ArrayList<>();
    private @Nullable FakeExchange last;
    private String lastFlow = "";

    Conversation() {
        settings.put("pinhole.role", "p-cscf");
        settings.put("pinhole.p-cscf.visited-network", "visited.example");
        settings.put("pinhole.next-hop", "sip:192.0.2.20:5060;transport=udp");
        pcscf.watchedBy(subject -> asked.add(subject.identity()));
    }

    /** The text of a file of that name. */
    static String file(String name) throws IOException, URISyntaxException {
        Path path = Paths.get(
                Conversation.class.getResource("/pcscf/" + name + ".txt").toURI());
        return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
    }

    /** The same text again, with what went out as it really was. */
    String replayed(String text) {
        for (String block : text.split("(?m)^(?=[<>=!#])", -1)) {
            if (!block.startsWith("<")) {
                seen.append(block);
                perform(block);
            }
        }
        return seen.toString();
    }

    /** Whose registrations the core was asked about, in order. */
    List<String> asked() {
        return asked;
    }

    /** The flow of that name; it is there when something has come on it. */
    FakeFlow flow(String name) {
        return byName.computeIfAbsent(name, first -> flows.add(newFlow(first)));
    }

    private FakeFlow newFlow(String name) {
        FakeFlow flow = new FakeFlow(name, settings);
        return name.startsWith("tcp") ? flow.inTheClear() : flow;
    }

    private void perform(String block) {
        String head = block.split("\n", 2)[0].trim();
        String[] words = head.split(" ", -1);
        switch (words[0] + (words.length > 1 && !words[0].equals("#") ? words[1] : "")) {
            case ">phone":
                phone(words[2], new MessageText(block));
                break;
            case ">core":
                core(new MessageText(block));
                break;
            case "!wait":
                clock.advanceMillis(Long.parseLong(words[2]) * 1000);
                break;
            case "!lost":
                flows.kill(flow(words[2]));
                pcscf.flowClosed(flow(words[2]));
                break;
            case "!ended":
                pcscf.told(reginfo(words[2]));
                break;
            default:
                if (words[0].equals("=")) {
                    settings.put(words[1], words[2]);
                }
        }
    }

    private static byte[] reginfo(String ended) {
        return ("<reginfo xmlns=\"urn:ietf:params:xml:ns:reginfo\" version=\"1\" state=\"partial\">"
                        + "<registration id=\"1\" aor=\"" + ended + "\" state=\"terminated\"/></reginfo>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private void phone(String name, MessageText message) {
        if (message.isResponse()) {
            answered(message, "core");
            return;
        }
        FakeFlow flow = flow(name);
        List<Step> steps = new ArrayList<>();
        steps.add(new FlowStep(clock));
        steps.addAll(pcscf.steps(PcscfSettings.of(settings)));
        handle(message.exchange(flow), RequestChain.of(steps), "phone " + name, "core");
    }

    private void core(MessageText message) {
        if (message.isResponse()) {
            answered(message, "phone " + lastFlow);
            return;
        }
        String token = message.routeUser();
        FakeExchange exchange = message.exchange(null).naming(token).from("192.0.2.20");
        exchange.removeHeader("Route");
        RequestChain chain = RequestChain.of(pcscf.terminating(), new DeliverStep(flows, clock), new FlowStep(clock));
        handle(exchange, chain, "core", "phone " + token.replace("token-", ""));
    }

    private void handle(FakeExchange exchange, RequestChain chain, String sender, String receiver) {
        chain.handle(exchange);
        last = exchange;
        lastFlow = sender.replace("phone ", "");
        if (exchange.answered()) {
            Reply reply = exchange.answer();
            seen.append("< ").append(sender).append('\n').append(MessageText.of(reply));
        } else {
            seen.append("< ").append(receiver).append('\n').append(MessageText.of(exchange));
        }
    }

    private void answered(MessageText response, String receiver) {
        if (last == null) {
            throw new IllegalStateException("an answer to nothing");
        }
        last.passing(response);
        seen.append("< ").append(receiver).append('\n').append(response.text());
    }
}

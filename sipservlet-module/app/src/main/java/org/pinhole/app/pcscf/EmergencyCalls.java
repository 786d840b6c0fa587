package org.pinhole.app.pcscf;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Exchange;
import org.pinhole.app.chain.NameAddress;
import org.pinhole.app.chain.PassingResponse;
import org.pinhole.app.chain.SipFormatException;

/**
 * The calls for help that are under way, by flow. Once somebody helps, what follows within the call is let in, whoever the
 * caller is; a stranger who only asks stays one. The caller's flow stands as long as the call does, even where a registration
 * ends meanwhile. Safe for any thread; bounded by the flows that are open.
 */
final class EmergencyCalls {
    private final Associations associations;
    private final Map<FlowToken, Set<String>> underWay = new ConcurrentHashMap<>();

    EmergencyCalls(Associations associations) {
        this.associations = associations;
    }

    /** What an INVITE's call is known by until it is answered. */
    static String callOf(Exchange invite) {
        return invite.header("Call-ID") + " " + tag(invite.header("From"));
    }

    /** A response to the INVITE of such a call. */
    void answered(Flow flow, String call, PassingResponse response) {
        int status = response.status();
        if (status > 100 && status < 300) {
            begin(flow, call + (status < 200 ? "" : " " + tag(first(response, "To"))));
        }
        if (status >= 200) {
            end(flow, call);
        }
    }

    private void begin(Flow flow, String call) {
        underWay.computeIfAbsent(flow.token(), first -> ConcurrentHashMap.newKeySet())
                .add(call);
        if (associations.find(flow) == null) {
            // Each a user of its own: nobody's call for help ends for those of others.
            flow.letIn("an emergency caller on " + flow.id());
            associations.letIn(flow);
        }
        if (!flow.open()) { // it ended while the answer was on the way, and nobody will be told again
            flowClosed(flow.token());
        }
    }

    /** One of a call's two ends, each named by its tag, has hung up. */
    void hungUp(Flow flow, String callId, String oneTag, String otherTag) {
        end(flow, callId + " " + oneTag + " " + otherTag);
        end(flow, callId + " " + otherTag + " " + oneTag);
    }

    private void end(Flow flow, String call) {
        underWay.computeIfPresent(flow.token(), (token, calls) -> {
            calls.remove(call);
            return calls.isEmpty() ? null : calls;
        });
    }

    /** Whether there is one on this flow. */
    boolean isUnderWay(FlowToken token) {
        return underWay.containsKey(token);
    }

    /** The flow is gone, and with it its calls. */
    void flowClosed(FlowToken token) {
        underWay.remove(token);
    }

    private static @Nullable String first(PassingResponse response, String name) {
        return response.headers(name).isEmpty() ? null : response.headers(name).get(0);
    }

    private static String tag(@Nullable String address) {
        try {
            return address == null
                    ? "null"
                    : String.valueOf(NameAddress.parse(address).parameter("tag"));
        } catch (SipFormatException malformed) {
            return "null";
        }
    }
}

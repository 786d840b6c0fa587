package org.pinhole.app;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletResponse;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowToken;
import org.pinhole.api.spi.LostCall;
import org.pinhole.api.spi.LostCallPolicy;

/**
 * The calls that stand on each phone's flow, for the policies that want to hear of a flow that dies under them. Keeps nothing
 * where there is no policy. Safe for any thread.
 */
final class StandingCalls {
    private static final String ATTRIBUTE = "org.pinhole.app.standing-call";

    private final List<LostCallPolicy> policies;
    private final Map<FlowToken, Set<Standing>> byFlow = new ConcurrentHashMap<>();

    StandingCalls(List<LostCallPolicy> policies) {
        this.policies = Collections.unmodifiableList(new ArrayList<>(policies));
    }

    /** A call was accepted, which may be said several times. */
    void established(SipServletResponse ok) {
        SipApplicationSession session = policies.isEmpty() ? null : ok.getApplicationSession(false);
        Flow phone = session == null ? null : DialogLife.phoneOf(session);
        if (session == null || phone == null || session.getAttribute(ATTRIBUTE) != null) {
            return;
        }
        Standing call = new Standing(
                phone,
                LostCall.of(
                        ok.getCallId(),
                        String.valueOf(ok.getFrom().getParameter("tag")),
                        String.valueOf(ok.getTo().getParameter("tag")),
                        ok.getFrom().getURI().toString(),
                        ok.getTo().getURI().toString()));
        session.setAttribute(ATTRIBUTE, call);
        byFlow.compute(phone.token(), (token, standing) -> {
            Set<Standing> calls = standing == null ? ConcurrentHashMap.newKeySet() : standing;
            calls.add(call);
            return calls;
        });
        if (!phone.open()) { // it died while its call was accepted, and nobody will be told again
            flowClosed(phone);
        }
    }

    /** It is over, or forgotten. */
    static void over(SipApplicationSession session) {
        Object call = session.getAttribute(ATTRIBUTE);
        if (call instanceof Standing) {
            ((Standing) call).over();
        }
    }

    /** The flow is gone. */
    void flowClosed(Flow flow) {
        Set<Standing> standing = byFlow.remove(flow.token());
        List<LostCall> lost = new ArrayList<>();
        if (standing != null) {
            standing.forEach(each -> lost.add(each.call));
        }
        if (!lost.isEmpty()) {
            policies.forEach(policy -> policy.flowLost(flow, Collections.unmodifiableList(lost)));
        }
    }

    int flows() {
        return byFlow.size();
    }

    /** One call, on the flow of its phone. Equal to itself only. */
    private final class Standing {
        private final Flow phone;
        private final LostCall call;

        private Standing(Flow phone, LostCall call) {
            this.phone = phone;
            this.call = call;
        }

        private void over() {
            byFlow.computeIfPresent(phone.token(), (token, standing) -> {
                standing.remove(this);
                return standing.isEmpty() ? null : standing;
            });
        }
    }
}

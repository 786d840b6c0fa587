package org.pinhole.app;

import java.io.IOException;
import javax.servlet.ServletException;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServlet;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.TimerService;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowRegistry;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.turn.TurnHeader;
import org.pinhole.bridge.Bridge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rim of the chain: every initial request that arrived on a Pinhole connector comes here first, and goes through the
 * chain of its connector. What belongs to a dialog or a transaction that stands already, the container sends on by itself.
 */
public final class EdgeServlet extends SipServlet {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(EdgeServlet.class);

    private transient @Nullable FlowRegistry flows;
    private transient @Nullable Outgoing outgoing;
    private transient @Nullable EdgeWiring wiring;
    private transient @Nullable DialogPassage passage;
    private transient @Nullable RegEventSubscriptions subscriptions;

    @Override
    public void init() throws ServletException {
        EdgeWiring ready = (EdgeWiring) attribute(EdgeWiring.ATTRIBUTE);
        FlowRegistry registry = (FlowRegistry) attribute(FlowRegistry.ATTRIBUTE);
        flows = registry;
        SipFactory factory = (SipFactory) attribute(SIP_FACTORY);
        TimerService timers = (TimerService) attribute(TIMER_SERVICE);
        outgoing = new Outgoing(factory, timers, ready.forks(), ready.standingDialogs(), registry, ready.complaint());
        passage = new DialogPassage(registry, factory);
        subscriptions = ready.subscriptions(factory);
        wiring = ready;
    }

    private Object attribute(String name) throws ServletException {
        Object value = getServletContext().getAttribute(name);
        if (value == null) {
            throw new ServletException("servlet context attribute " + name + " is not set");
        }
        return value;
    }

    @Override
    protected void doRequest(SipServletRequest request) throws IOException {
        if (subscriptions != null && subscriptions.takes(request)) {
            return;
        }
        if (request.getMethod().equals("CANCEL")) {
            end(ServletFork.of(request.getApplicationSession(false)));
        } else if (request.isInitial() && !request.getMethod().equals("ACK")) {
            handle(request);
        } else {
            within(request);
        }
    }

    /** What belongs to a dialog goes on by itself; to a phone it leaves on the phone's flow. */
    private void within(SipServletRequest request) throws IOException {
        SipApplicationSession session = request.getApplicationSession(false);
        PhoneSide side = PhoneSide.of(session);
        if (side != null && passage != null && !passage.passes(request, side)) {
            return;
        }
        if (session != null && request.getMethod().equals("BYE")) {
            DialogLife.ending(session);
            hungUp(request, side);
        } else if (session != null && request.getMethod().equals("NOTIFY")) {
            DialogLife.subscribed(session, SubscriptionTime.leftBy(request.getHeader("Subscription-State")));
        }
    }

    private void hungUp(SipServletRequest bye, @Nullable PhoneSide side) {
        if (wiring != null && side != null) {
            wiring.hungUp(
                    side.phone(),
                    bye.getCallId(),
                    String.valueOf(bye.getFrom().getParameter("tag")),
                    String.valueOf(bye.getTo().getParameter("tag")));
        }
    }

    private void handle(SipServletRequest request) {
        if (flows == null || outgoing == null || wiring == null) {
            return;
        }
        Flow flow = Bridge.isPassedOn(request) ? null : flows.flowOf(request); // nobody is authenticated twice
        ServletExchange exchange = new ServletExchange(request, flow, outgoing);
        try {
            wiring.chainFor(flow).handle(exchange);
        } catch (RuntimeException failure) { // the host's edge: a fault of ours must not end in silence
            LOG.error("a " + request.getMethod() + " failed", failure);
            exchange.reply(Reply.of(500, "Server Internal Error"));
        }
    }

    /** The final answer of one branch; which of them goes to the caller is not decided yet. */
    @Override
    protected void doBranchResponse(SipServletResponse response) {
        ServletFork fork = ServletFork.of(response.getApplicationSession(false));
        if (fork != null) {
            fork.answered(response);
        }
    }

    @Override
    protected void doResponse(SipServletResponse response) throws ServletException, IOException {
        if (subscriptions != null && subscriptions.takes(response)) {
            return;
        }
        response.removeHeader(TurnHeader.NAME); // one that comes from behind us is none of ours
        WantedOfAnswers.passing(response);
        PhoneSide side = PhoneSide.of(response.getApplicationSession(false));
        if (side != null && !side.isToPhone(response)) {
            side.ways().answered(response);
        }
        super.doResponse(response);
    }

    @Override
    protected void doProvisionalResponse(SipServletResponse response) {
        ServletFork fork = ServletFork.of(response.getApplicationSession(false));
        if (fork != null) {
            fork.rings(response);
        }
    }

    @Override
    protected void doSuccessResponse(SipServletResponse response) {
        if (response.getMethod().equals("REGISTER")) {
            WantedOfAnswers.complete(response);
        }
        SipApplicationSession session = response.getApplicationSession(false);
        if (session != null && response.getMethod().equals("INVITE")) {
            established(session, response);
        } else if (session != null && response.getMethod().equals("SUBSCRIBE")) {
            DialogLife.subscribed(session, SubscriptionTime.grantedBy(response.getHeader("Expires")));
        }
        end(ServletFork.of(session));
    }

    private void established(SipApplicationSession session, SipServletResponse ok) {
        DialogLife.established(session);
        try {
            if (wiring != null) {
                wiring.calls().established(ok);
            }
        } catch (IllegalStateException ended) {
            LOG.debug("a call's session has ended: {}", ended.getMessage());
        }
    }

    @Override
    protected void doErrorResponse(SipServletResponse response) {
        ServletFork fork = ServletFork.of(response.getApplicationSession(false));
        if (fork != null && response.getProxyBranch() == null) {
            fork.answered(
                    response); // a branch's transaction timed out: this container does not say so as a branch's answer
            return;
        }
        if (fork != null) {
            fork.chosen(response);
        }
        end(fork);
        if (isForAnEndpoint(response)) { // else it goes to whoever keeps the registration, who has to know
            FailedBranch.forTheCaller(response);
        }
    }

    private boolean isForAnEndpoint(SipServletResponse response) {
        PhoneSide side = PhoneSide.of(response.getApplicationSession(false));
        Proxy proxy = response.getProxy();
        return side == null
                || !side.isToPhone(response)
                || (flows != null && proxy != null && flows.flowOf(proxy.getOriginalRequest()) != null);
    }

    private static void end(@Nullable ServletFork fork) {
        if (fork != null) {
            fork.end();
        }
    }
}

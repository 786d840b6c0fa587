package org.pinhole.app;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.servlet.sip.Proxy;
import javax.servlet.sip.ProxyBranch;
import javax.servlet.sip.ServletParseException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import javax.servlet.sip.URI;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Failover;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request on its way to several phones: {@link Failover} over the branches of the container's proxy. Its lock keeps an
 * answer from being weighed while branches are still being added, and is held while the container sends them; so it is for the
 * container's own threads alone. What an event loop tells, it tells without the lock.
 *
 * <p>A branch is given up without an answer when its flow dies, or stays silent for the time that the target set allows. The
 * container cannot cancel what has not answered at all (RFC 3261 §9.1), and would await it for half a minute: so its time is
 * set to the shortest that there is, and should the phone answer all the same, that is cancelled.
 */
final class ServletFork {
    private static final Logger LOG = LoggerFactory.getLogger(ServletFork.class);
    private static final String ATTRIBUTE = "org.pinhole.app.fork";
    /** The shortest time that a branch can be given, in seconds. */
    private static final int AT_ONCE = 1;
    /** By then the container has weighed the answer that it is showing us. */
    private static final long AFTER_THE_ANSWER_MILLIS = 100;
    /** Tells the branches of one proxy apart, which the container knows by their URI. Nobody else sees it. */
    private static final String NUMBER = "pinhole-branch";

    private final SipServletRequest request;
    private final SipApplicationSession session;
    private final Proxy proxy;
    private final TargetSet targets;
    private final Failover failover;
    private final Outgoing outgoing;
    private final List<Attempt> attempts = new CopyOnWriteArrayList<>();
    private final Challenged challenged = new Challenged();

    ServletFork(SipServletRequest request, Proxy proxy, TargetSet targets, Outgoing outgoing) {
        this.request = request;
        this.session = request.getApplicationSession();
        this.proxy = proxy;
        this.targets = targets;
        this.failover = Failover.of(targets);
        this.outgoing = outgoing;
    }

    /** The fork that a message or timer of this session belongs to, or null. */
    static @Nullable ServletFork of(@Nullable SipApplicationSession session) {
        try {
            Object fork = session == null ? null : session.getAttribute(ATTRIBUTE);
            return fork instanceof ServletFork ? (ServletFork) fork : null;
        } catch (IllegalStateException ended) { // a response that comes after the session
            return null;
        }
    }

    /**
     * Sends the request to the best flow of each phone.
     *
     * @return whether it was sent anywhere
     */
    synchronized boolean start() {
        session.setAttribute(ATTRIBUTE, this);
        boolean started = false;
        for (Target target : failover.first()) {
            started |= start(target);
        }
        return started;
    }

    /** Tries a target, and the next one of that phone if its flow does not take the request. */
    private boolean start(@Nullable Target target) {
        for (Target next = target; next != null; ) {
            Attempt attempt = attempt(next);
            if (attempt != null && send(attempt)) {
                return true;
            }
            next = failover.answered(next, Failover.FLOW_FAILED);
        }
        return false;
    }

    private @Nullable Attempt attempt(Target target) {
        try {
            int number = attempts.size();
            SipURI key = (SipURI) outgoing.factory().createURI(target.uri());
            key.setParameter(NUMBER, String.valueOf(number));
            ProxyBranch branch = proxy.createProxyBranches(Collections.<URI>singletonList(key))
                    .get(0);
            SipServletRequest sent = branch.getRequest();
            sent.setRequestURI(outgoing.factory().createURI(target.uri()));
            List<String> routes = target.routes();
            for (int i = routes.size() - 1; i >= 0; i--) {
                sent.pushRoute((SipURI) outgoing.factory().createURI(routes.get(i)));
            }
            Attempt attempt = new Attempt(number, target, branch);
            attempts.add(attempt);
            return attempt;
        } catch (ServletParseException | IllegalArgumentException unusable) {
            outgoing.cannotBeSent(request.getMethod(), target, String.valueOf(unusable.getMessage()));
            return null;
        }
    }

    private boolean send(Attempt attempt) {
        outgoing.forks().add(attempt.target.flow(), this);
        try {
            proxy.startProxy();
        } catch (IllegalStateException notSent) { // so the container says that the next hop's connection failed
            outgoing.cannotBeSent(request.getMethod(), attempt.target, String.valueOf(notSent.getMessage()));
            over(attempt);
            endSoon(attempt.branch);
            return false;
        }
        if (failover.hasAnother(attempt.target)) {
            startTimer(attempt, targets.silenceSeconds() * 1000L);
        }
        return true;
    }

    private void startTimer(Attempt attempt, long millis) {
        outgoing.timers().createTimer(session, millis, false, attempt.number);
    }

    /** A branch has its final answer, which the container has not yet weighed against the others'. */
    synchronized void answered(SipServletResponse response) {
        Attempt attempt = find(response);
        if (attempt == null) {
            return;
        }
        int status = response.getStatus();
        challenged.answered(response);
        if (FailedBranch.isOne(response)) {
            FailedBranch.weaken(response);
        }
        if (attempt.over) {
            return;
        }
        over(attempt);
        start(failover.answered(attempt.target, status));
        if (status / 100 == 2 && !response.getMethod().equals("INVITE")) {
            endOthers();
        }
    }

    /** This answer was found best, and goes to the caller. */
    synchronized void chosen(SipServletResponse best) {
        challenged.complete(best);
    }

    /** A branch rings: one that was given up is not to. */
    synchronized void rings(SipServletResponse response) {
        Attempt attempt = find(response);
        if (attempt != null && attempt.over) {
            try {
                attempt.branch.cancel();
            } catch (IllegalStateException answered) {
                LOG.debug("a branch cannot be cancelled any more: {}", answered.getMessage());
            }
        }
    }

    /** The time of a branch is up, or its flow is gone. */
    synchronized void expired(int number) {
        Attempt attempt = attempts.get(number);
        if (attempt.needless) {
            endSoon(attempt.branch);
        }
        boolean heard = attempt.branch.getResponse() != null && !attempt.flowIsGone;
        if (!attempt.over && !heard) {
            over(attempt);
            start(failover.answered(attempt.target, Failover.REQUEST_TIMEOUT));
            endSoon(attempt.branch); // after the next has started, or the container would take it for the last
        }
    }

    /** On an event loop, which waits for nobody: it is left to the container's timer to go on from here. */
    void flowClosed(FlowToken flow) {
        for (Attempt attempt : attempts) {
            if (!attempt.over && attempt.target.flow().equals(flow)) {
                attempt.flowIsGone = true;
                try {
                    startTimer(attempt, 1);
                } catch (IllegalStateException ended) {
                    LOG.debug("a fork's session has ended: {}", ended.getMessage());
                }
            }
        }
    }

    /** The caller has its answer, or wants none any more: nothing further is tried, and a call does not keep all this. */
    synchronized void end() {
        failover.end();
        try {
            session.removeAttribute(ATTRIBUTE);
        } catch (IllegalStateException ended) {
            LOG.debug("a fork's session has ended: {}", ended.getMessage());
        }
        for (Attempt attempt : attempts) {
            outgoing.forks().remove(attempt.target.flow(), this);
        }
    }

    private void over(Attempt attempt) {
        attempt.over = true;
        outgoing.forks().remove(attempt.target.flow(), this);
    }

    /**
     * There is no CANCEL for what is no INVITE, and the container would await all answers before it passes the good one on
     * (RFC 3261 §16.7 step 5 forbids that). Left to the timer, because the container resets the branches' times after this.
     */
    private void endOthers() {
        for (Attempt other : attempts) {
            if (!other.over) {
                other.needless = true;
                over(other);
                startTimer(other, AFTER_THE_ANSWER_MILLIS);
            }
        }
    }

    private static void endSoon(ProxyBranch branch) {
        try {
            branch.setProxyBranchTimeout(AT_ONCE);
        } catch (RuntimeException ended) { // the container has thrown away what it needs for that
            LOG.debug("a branch has ended by itself: {}", ended.getMessage());
        }
    }

    /**
     * The attempt that an answer belongs to, or null. An answer to a transaction that timed out names the request only; one
     * that the container made for the caller is none of a branch's.
     */
    private @Nullable Attempt find(SipServletResponse response) {
        ProxyBranch branch = response.getProxyBranch();
        for (Attempt attempt : attempts) {
            boolean its = branch == null
                    ? attempt.branch.getRequest() == response.getRequest()
                    : attempt.branch == branch && branch.getResponse() == response;
            if (its) {
                return attempt;
            }
        }
        return null;
    }

    /** One target that was tried. */
    private static final class Attempt {
        private final int number;
        private final Target target;
        private final ProxyBranch branch;
        private volatile boolean over;
        private volatile boolean flowIsGone;
        private boolean needless;

        private Attempt(int number, Target target, ProxyBranch branch) {
            this.number = number;
            this.target = target;
            this.branch = branch;
        }
    }
}

package org.pinhole.app;

import javax.servlet.sip.SipFactory;
import javax.servlet.sip.TimerService;
import org.pinhole.api.FlowRegistry;
import org.pinhole.app.chain.OnceAMinute;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What of the container is needed to send requests on. */
final class Outgoing {
    private static final Logger LOG = LoggerFactory.getLogger(Outgoing.class);

    private final SipFactory factory;
    private final TimerService timers;
    private final Forks forks;
    private final StandingDialogs standingDialogs;
    private final FlowRegistry flows;
    private final OnceAMinute complaint;

    Outgoing(
            SipFactory factory,
            TimerService timers,
            Forks forks,
            StandingDialogs standingDialogs,
            FlowRegistry flows,
            OnceAMinute complaint) {
        this.factory = factory;
        this.timers = timers;
        this.forks = forks;
        this.standingDialogs = standingDialogs;
        this.flows = flows;
        this.complaint = complaint;
    }

    SipFactory factory() {
        return factory;
    }

    TimerService timers() {
        return timers;
    }

    /** The forks under way. */
    Forks forks() {
        return forks;
    }

    /** The dialogs that are remembered. */
    StandingDialogs standingDialogs() {
        return standingDialogs;
    }

    /** What a phone has asked for and could not be done, as often as it likes: so it is said once a minute. */
    void cannotBeSent(String method, Object where, String why) {
        if (complaint.now()) {
            LOG.info(
                    "a {} could not be sent to {}: {}; more of this kind are not said",
                    new Object[] {method, where, why});
        } else {
            LOG.debug("a {} could not be sent to {}: {}", new Object[] {method, where, why});
        }
    }

    /** The flows that there are. */
    FlowRegistry flows() {
        return flows;
    }
}

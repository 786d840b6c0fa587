package org.pinhole.app;

import javax.servlet.sip.SipFactory;
import javax.servlet.sip.TimerService;

/** What of the container is needed to send requests on. Immutable. */
final class Outgoing {
    private final SipFactory factory;
    private final TimerService timers;
    private final Forks forks;
    private final StandingDialogs standingDialogs;

    Outgoing(SipFactory factory, TimerService timers, Forks forks, StandingDialogs standingDialogs) {
        this.factory = factory;
        this.timers = timers;
        this.forks = forks;
        this.standingDialogs = standingDialogs;
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
}

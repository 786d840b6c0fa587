package org.pinhole.suite.dropin;

import java.util.concurrent.atomic.AtomicInteger;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;

/** How many sessions the container keeps for an application. */
public class SessionCount implements SipApplicationSessionListener {
    private static final AtomicInteger LIVE = new AtomicInteger();

    /** Now. */
    static int live() {
        return LIVE.get();
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        LIVE.incrementAndGet();
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        LIVE.decrementAndGet();
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        // it is destroyed next
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        // so may it be
    }
}

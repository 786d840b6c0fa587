package org.pinhole.app;

import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the container remembers a call that passes us. By itself it would forget a quiet one within minutes, and with it
 * which flow its requests leave on. A call lasts until its BYE, however quiet it is (RFC 3261 §15); while the phone's flow
 * stands, so does what we know of it. Once that is gone, a call that has said nothing for a day is one whose BYE was lost.
 */
public final class CallLife implements SipApplicationSessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(CallLife.class);
    private static final String BEGUN = "org.pinhole.app.call-begun";
    private static final String ESTABLISHED = "org.pinhole.app.call-established";
    private static final int DAY_MINUTES = 24 * 60;

    /** An INVITE passes, to or from a phone on this flow. */
    static void begun(SipApplicationSession session, Flow phone) {
        session.setAttribute(BEGUN, phone);
    }

    /** The flow of the call's phone, or null. */
    static @Nullable Flow phoneOf(SipApplicationSession session) {
        Object phone = session.getAttribute(BEGUN);
        return phone instanceof Flow ? (Flow) phone : null;
    }

    /** It has been accepted. */
    static void established(SipApplicationSession session) {
        try {
            Object phone = session.getAttribute(BEGUN);
            if (phone != null) {
                session.setAttribute(ESTABLISHED, phone);
                session.setExpires(DAY_MINUTES);
            }
        } catch (IllegalStateException ended) {
            LOG.debug("a call's session has ended: {}", ended.getMessage());
        }
    }

    /** The BYE passes: its answer is all that is still to come. */
    static void ending(SipApplicationSession session) {
        try {
            StandingCalls.over(session);
            session.removeAttribute(ESTABLISHED);
            session.setExpires(1);
        } catch (IllegalStateException ended) {
            LOG.debug("a call's session has ended: {}", ended.getMessage());
        }
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        SipApplicationSession session = event.getApplicationSession();
        @Nullable Object phone = session.getAttribute(ESTABLISHED);
        if (phone instanceof Flow && ((Flow) phone).open()) {
            session.setExpires(DAY_MINUTES);
        } else {
            StandingCalls.over(session);
        }
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        // of what kind it is, its first request tells
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        // nothing is kept beside it
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        // all its dialogs have ended: so may it
    }
}

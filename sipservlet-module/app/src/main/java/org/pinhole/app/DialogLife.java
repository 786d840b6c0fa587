package org.pinhole.app;

import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the container remembers a dialog that passes us. By itself it would forget a quiet one within minutes, and with it
 * which flow its requests leave on. A call lasts until its BYE, however quiet it is (RFC 3261 §15); while the phone's flow
 * stands, so does what we know of it. Once that is gone, a call that has said nothing for a day is one whose BYE was lost. A
 * subscription lasts for as long as it was granted (RFC 6665 §4.1.2). How many are remembered for one user is bounded.
 */
public final class DialogLife implements SipApplicationSessionListener {
    private static final Logger LOG = LoggerFactory.getLogger(DialogLife.class);
    private static final String ATTRIBUTE = "org.pinhole.app.dialog-life";
    private static final int DAY_MINUTES = 24 * 60;
    /** What the container gives a session of which it knows nothing. */
    private static final int CONTAINERS_MINUTES = 3;

    /** What is known of the dialog that a session stands for. */
    private static final class Passing {
        private final Flow phone;
        private final String user;
        private final StandingDialogs standing;
        private volatile boolean isCall;

        Passing(Flow phone, String user, StandingDialogs standing) {
            this.phone = phone;
            this.user = user;
            this.standing = standing;
        }
    }

    /** A request that may make a dialog passes, to or from this user's phone on this flow. */
    static void begun(SipApplicationSession session, Flow phone, String user, StandingDialogs standing) {
        session.setAttribute(ATTRIBUTE, new Passing(phone, user, standing));
    }

    /** The flow of its phone, or null. */
    static @Nullable Flow phoneOf(SipApplicationSession session) {
        Passing passing = of(session);
        return passing == null ? null : passing.phone;
    }

    /** A call has been accepted. */
    static void established(SipApplicationSession session) {
        attempt(session, passing -> {
            passing.isCall = true;
            keep(session, passing, DAY_MINUTES);
        });
    }

    /**
     * A subscription was granted, or is said to go on; its NOTIFYs may come until its end. What is subscribed to within a call
     * lives with the call.
     *
     * @param seconds 0 when it is over, less when this was not said
     */
    static void subscribed(SipApplicationSession session, long seconds) {
        attempt(session, passing -> {
            if (!passing.isCall && seconds == 0) {
                passing.standing.remove(passing.user, session);
                session.setExpires(CONTAINERS_MINUTES);
            } else if (!passing.isCall && seconds > 0) {
                keep(session, passing, (int) Math.min(CONTAINERS_MINUTES + seconds / 60, DAY_MINUTES));
            }
        });
    }

    private static void keep(SipApplicationSession session, Passing passing, int minutes) {
        session.setExpires(minutes);
        SipApplicationSession oldest =
                passing.standing.add(passing.user, StandingDialogs.most(passing.phone.settings()), session);
        if (oldest != null) {
            attempt(oldest, forgotten -> {
                forgotten.isCall = false;
                oldest.setExpires(CONTAINERS_MINUTES);
            });
        }
    }

    /** The BYE passes: its answer is all that is still to come. */
    static void ending(SipApplicationSession session) {
        attempt(session, passing -> {
            passing.isCall = false;
            passing.standing.remove(passing.user, session);
            StandingCalls.over(session);
            session.setExpires(1);
        });
    }

    private static void attempt(SipApplicationSession session, What what) {
        try {
            Passing passing = of(session);
            if (passing != null) {
                what.with(passing);
            }
        } catch (IllegalStateException ended) {
            LOG.debug("a dialog's session has ended: {}", ended.getMessage());
        }
    }

    private static @Nullable Passing of(SipApplicationSession session) {
        Object passing = session.getAttribute(ATTRIBUTE);
        return passing instanceof Passing ? (Passing) passing : null;
    }

    /** What is done with a session that may end meanwhile. */
    private interface What {
        void with(Passing passing);
    }

    @Override
    public void sessionExpired(SipApplicationSessionEvent event) {
        SipApplicationSession session = event.getApplicationSession();
        attempt(session, passing -> {
            if (passing.isCall && passing.phone.open()) {
                session.setExpires(DAY_MINUTES);
            } else {
                passing.standing.remove(passing.user, session);
                StandingCalls.over(session);
            }
        });
    }

    @Override
    public void sessionCreated(SipApplicationSessionEvent event) {
        // of what kind it is, its first request tells
    }

    @Override
    public void sessionDestroyed(SipApplicationSessionEvent event) {
        attempt(
                event.getApplicationSession(),
                passing -> passing.standing.remove(passing.user, event.getApplicationSession()));
    }

    @Override
    public void sessionReadyToInvalidate(SipApplicationSessionEvent event) {
        // all its dialogs have ended: so may it
    }
}

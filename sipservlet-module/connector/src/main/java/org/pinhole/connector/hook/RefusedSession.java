package org.pinhole.connector.hook;

import java.util.Iterator;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the container remembers of a request that it has refused before its application saw it: kilobytes for three minutes, at
 * any stranger's asking and once for each challenge, unless they are given up.
 */
final class RefusedSession {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedSession.class);

    private RefusedSession() {}

    /**
     * Gives up what was made for a request that began something. That of an INVITE stays for a minute, because the container
     * looks for it when the ACK comes, and complains at length without.
     */
    static void forget(SipServletRequest request) {
        try {
            SipApplicationSession session = request.getApplicationSession(false);
            if (session == null || !request.isInitial() || !isForThisAlone(session)) {
                return;
            }
            if (request.getMethod().equals("INVITE")) {
                session.setExpires(1);
            } else {
                session.invalidate();
            }
        } catch (IllegalStateException gone) {
            LOG.debug("the session of a {} was gone already", request.getMethod());
        }
    }

    /** An application may have many requests share one, and keep things there. */
    private static boolean isForThisAlone(SipApplicationSession session) {
        Iterator<?> sessions = session.getSessions();
        if (sessions.hasNext()) {
            sessions.next();
        }
        return !sessions.hasNext()
                && !session.getAttributeNames().hasNext()
                && session.getTimers().isEmpty();
    }
}

package org.pinhole.app;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.servlet.sip.SipApplicationSession;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.Flow;
import org.pinhole.app.chain.Identity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dialogs that are remembered for longer than the container would, by user. Each is tens of kilobytes, and two phones could
 * begin them and never end any: a user has so many of them at most, and the oldest makes room. Safe for any thread.
 */
final class StandingDialogs {
    private static final Logger LOG = LoggerFactory.getLogger(StandingDialogs.class);
    private static final String PARAMETER = "pinhole.limits.dialogs-per-user";
    private static final String DEFAULT = "256";

    private final Map<String, Map<String, SipApplicationSession>> byUser = new HashMap<>();

    /**
     * One that stands from now on, or goes on to stand.
     *
     * @param user by {@link #userOf}, and the same until its end: meanwhile somebody may be authenticated on the flow
     * @return the one that has to make room, which stands no more; or null
     */
    @Nullable
    SipApplicationSession add(String user, int most, SipApplicationSession session) {
        synchronized (this) {
            Map<String, SipApplicationSession> dialogs = byUser.computeIfAbsent(user, first -> new LinkedHashMap<>());
            dialogs.put(session.getId(), session);
            if (dialogs.size() <= most) {
                return null;
            }
            Iterator<SipApplicationSession> oldestFirst = dialogs.values().iterator();
            SipApplicationSession oldest = oldestFirst.next();
            oldestFirst.remove();
            LOG.debug(
                    "{} has more than {}={} dialogs: the oldest is forgotten when it is quiet", user, PARAMETER, most);
            return oldest;
        }
    }

    /** It has ended. */
    synchronized void remove(String user, SipApplicationSession session) {
        Map<String, SipApplicationSession> dialogs = byUser.get(user);
        if (dialogs != null) {
            dialogs.remove(session.getId());
            if (dialogs.isEmpty()) {
                byUser.remove(user);
            }
        }
    }

    /** How many stand, of all users. */
    synchronized int size() {
        return byUser.values().stream().mapToInt(Map::size).sum();
    }

    /**
     * Whose dialog it is: the flow's user's. An edge before us brings the phones of many over one flow; there it is the sender's,
     * or of whom the request is for.
     *
     * @param sender whom we have authenticated, if it was sent by a phone
     */
    static String userOf(Flow phone, @Nullable Identity sender, String requestUri) {
        if (phone.isOfAnEdge()) {
            return sender == null ? phone.token().text() + ' ' + requestUri : sender.uri();
        }
        String identity = phone.identity();
        return identity == null ? phone.token().text() : identity;
    }

    /** How many of one user's dialogs may stand, on flows of these settings. */
    static int most(Map<String, String> settings) {
        return Integer.parseInt(settings.getOrDefault(PARAMETER, DEFAULT));
    }
}

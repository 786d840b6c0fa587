package org.pinhole.app;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipApplicationSessionEvent;
import javax.servlet.sip.SipApplicationSessionListener;
import org.jspecify.annotations.Nullable;

/** A SIP application session that expires on a hand-driven clock, three minutes after its beginning unless it is told otherwise. */
final class ExpiringSession {
    private static final int CONTAINERS_DEFAULT_MINUTES = 3;

    private final HandClock clock;
    private final SipApplicationSessionListener listener;
    private final Map<Object, Object> attributes = new HashMap<>();
    private final SipApplicationSession session;
    private long expiresAtMillis;
    private boolean valid = true;

    ExpiringSession(HandClock clock, SipApplicationSessionListener listener) {
        this.clock = clock;
        this.listener = listener;
        this.session = (SipApplicationSession) Proxy.newProxyInstance(
                SipApplicationSession.class.getClassLoader(),
                new Class<?>[] {SipApplicationSession.class},
                (self, called, given) -> called(called.getName(), given));
        expireIn(CONTAINERS_DEFAULT_MINUTES);
    }

    private @Nullable Object called(String method, Object[] given) {
        if (!valid) {
            throw new IllegalStateException("the session has been invalidated");
        }
        switch (method) {
            case "setAttribute":
                return attributes.put(given[0], given[1]);
            case "getAttribute":
                return attributes.get(given[0]);
            case "removeAttribute":
                return attributes.remove(given[0]);
            case "getId":
                return String.valueOf(System.identityHashCode(this));
            case "setExpires":
                return expireIn((Integer) given[0]);
            default:
                throw new UnsupportedOperationException(method);
        }
    }

    private int expireIn(int minutes) {
        expiresAtMillis = clock.getAsLong() + TimeUnit.MINUTES.toMillis(minutes);
        return minutes;
    }

    SipApplicationSession session() {
        return session;
    }

    /** The container's timer. */
    void look() {
        if (valid && clock.getAsLong() >= expiresAtMillis) {
            listener.sessionExpired(new SipApplicationSessionEvent(session));
            valid = clock.getAsLong() < expiresAtMillis;
        }
    }

    boolean isValid() {
        return valid;
    }
}

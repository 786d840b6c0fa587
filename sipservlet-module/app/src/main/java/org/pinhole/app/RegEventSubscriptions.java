package org.pinhole.app;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import javax.servlet.ServletException;
import javax.servlet.sip.SipApplicationSession;
import javax.servlet.sip.SipFactory;
import javax.servlet.sip.SipServletMessage;
import javax.servlet.sip.SipServletRequest;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipSession;
import javax.servlet.sip.SipURI;
import org.jspecify.annotations.Nullable;
import org.pinhole.app.pcscf.Pcscf;
import org.pinhole.app.pcscf.RegistrationSubject;
import org.pinhole.app.pcscf.RegistrationWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our subscriptions to the reg event of the core (RFC 3680, TS 24.229 5.2.3), one dialog of the container's for each default
 * public identity, renewed with its registration. A core that refuses is asked again at the next registration.
 */
final class RegEventSubscriptions implements RegistrationWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RegEventSubscriptions.class);
    private static final String IDENTITY = "org.pinhole.app.reg-event";
    /** Longer than the registration, so that its end is still heard of. */
    private static final long LONGER_SECONDS = 600;

    private static final long SWEEP_MILLIS = 60_000;

    private final SipFactory factory;
    private final Pcscf pcscf;
    private final LongSupplier clockMillis;
    private final Map<String, Subscription> byIdentity = new ConcurrentHashMap<>();
    private volatile long sweptAtMillis;

    RegEventSubscriptions(SipFactory factory, Pcscf pcscf, LongSupplier clockMillis) {
        this.factory = factory;
        this.pcscf = pcscf;
        this.clockMillis = clockMillis;
    }

    @Override
    public void registered(RegistrationSubject subject) {
        forgetExpired();
        byIdentity.compute(subject.identity(), (identity, present) -> {
            if (present != null && present.untilMillis >= subject.expiresAtMillis()) {
                return present;
            }
            try {
                return present == null ? begun(subject) : renewed(present, subject);
            } catch (ServletException
                    | IOException
                    | RuntimeException fault) { // a phone's registration is no less good
                LOG.warn("the state of {}'s registration cannot be asked for: {}", identity, fault.getMessage());
                return null;
            }
        });
    }

    /** Those of whom the core said nothing at the end: the phone never came back. */
    private void forgetExpired() {
        long now = clockMillis.getAsLong();
        if (now - sweptAtMillis >= SWEEP_MILLIS) {
            sweptAtMillis = now;
            byIdentity.values().removeIf(subscription -> subscription.untilMillis <= now);
        }
    }

    /** For how many identities one is kept. */
    int kept() {
        return byIdentity.size();
    }

    private Subscription begun(RegistrationSubject subject) throws ServletException, IOException {
        SipApplicationSession session = factory.createApplicationSession();
        SipServletRequest subscribe =
                factory.createRequest(session, "SUBSCRIBE", "sip:" + subject.network(), subject.identity());
        subscribe.pushRoute((SipURI) factory.createURI(subject.nextHop()));
        subscribe.getSession().setAttribute(IDENTITY, subject.identity());
        return sent(subscribe, subject);
    }

    private Subscription renewed(Subscription present, RegistrationSubject subject)
            throws ServletException, IOException {
        if (!present.session.isValid() || present.session.getState() != SipSession.State.CONFIRMED) {
            return begun(subject);
        }
        return sent(present.session.createRequest("SUBSCRIBE"), subject);
    }

    private Subscription sent(SipServletRequest subscribe, RegistrationSubject subject) throws IOException {
        long seconds = (subject.expiresAtMillis() - clockMillis.getAsLong()) / 1000 + LONGER_SECONDS;
        subscribe.setHeader("Event", "reg");
        subscribe.setHeader("Accept", "application/reginfo+xml");
        subscribe.setHeader("P-Asserted-Identity", "<sip:" + subject.network() + ">");
        subscribe.setExpires((int) Math.min(Integer.MAX_VALUE, seconds));
        subscribe.getApplicationSession().setExpires((int) Math.min(Integer.MAX_VALUE, seconds / 60 + 1));
        subscribe.send();
        return new Subscription(subscribe.getSession(), clockMillis.getAsLong() + seconds * 1000);
    }

    /** Whether a message belongs to one of them; it is dealt with then. */
    boolean takes(SipServletMessage message) throws IOException {
        String identity = identityOf(message.getSession(false));
        if (identity == null) {
            return false;
        }
        if (message instanceof SipServletRequest) {
            notified((SipServletRequest) message, identity);
        } else if (((SipServletResponse) message).getStatus() >= 300) {
            LOG.warn(
                    "the core does not tell of {}'s registration: it answered {}",
                    identity,
                    ((SipServletResponse) message).getStatus());
            over(message.getSession(), identity);
        }
        return true;
    }

    private static @Nullable String identityOf(@Nullable SipSession session) {
        try {
            Object identity = session == null ? null : session.getAttribute(IDENTITY);
            return identity instanceof String ? (String) identity : null;
        } catch (IllegalStateException ended) {
            return null;
        }
    }

    private void notified(SipServletRequest notify, String identity) throws IOException {
        if (!notify.getMethod().equals("NOTIFY")) {
            notify.createResponse(405).send();
            return;
        }
        byte[] body = notify.getRawContent();
        if (body != null && body.length > 0) {
            pcscf.told(body);
        }
        notify.createResponse(200).send(); // from then on it is in force
        String state = notify.getHeader("Subscription-State");
        if (state != null && state.trim().startsWith("terminated")) {
            over(notify.getSession(), identity);
        }
    }

    private void over(SipSession session, String identity) {
        byIdentity.computeIfPresent(identity, (same, present) -> present.session == session ? null : present);
        try {
            session.getApplicationSession().setExpires(1);
        } catch (IllegalStateException ended) {
            LOG.debug("a subscription's session has ended: {}", ended.getMessage());
        }
    }

    /** One dialog, and until when it was asked for. */
    private static final class Subscription {
        private final SipSession session;
        private final long untilMillis;

        private Subscription(SipSession session, long untilMillis) {
            this.session = session;
            this.untilMillis = untilMillis;
        }
    }
}

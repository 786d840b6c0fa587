package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Credentials;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * Who this UE is and where it goes.
 *
 * @param instanceId has to stay the same over restarts (U-5): see {@link InstanceId}
 * @param regId which of the instance's flows this is, from 1 (RFC 5626 §4.2.1)
 * @param expires the lifetime that REGISTER asks for
 * @param ringing how long a call that comes rings before it is answered
 * @param answerer makes the answers to calls that come; null for answers without media
 * @param misbehaviours what is to be done wrong, for tests of servers; as a rule nothing
 */
public record UeSettings(
        TunnelRoute route,
        String domain,
        String user,
        Credentials credentials,
        UUID instanceId,
        int regId,
        Duration expires,
        Duration ringing,
        @Nullable Answerer answerer,
        Set<Misbehaviour> misbehaviours) {
    /** 600 000 s, what TS 24.229 §5.1.1.2.1 has a UE ask for; the registrar shortens it (U-7). */
    private static final Duration EXPIRES = Duration.ofMinutes(10_000);

    public UeSettings {
        if (regId < 1) {
            throw new IllegalArgumentException("reg-id " + regId + " is not positive");
        }
        misbehaviours = Set.copyOf(misbehaviours);
    }

    /** A UE with a new instance id on its first flow, whose Digest user is its SIP user. */
    public static UeSettings of(TunnelRoute route, String domain, String user, String password) {
        Credentials credentials = Credentials.of(user, password);
        return new UeSettings(
                route, domain, user, credentials, UUID.randomUUID(), 1, EXPIRES, Duration.ZERO, null, Set.of());
    }

    public UeSettings withInstance(UUID otherInstanceId) {
        return new UeSettings(
                route, domain, user, credentials, otherInstanceId, regId, expires, ringing, answerer, misbehaviours);
    }

    /** The same UE on another of its flows. */
    public UeSettings onFlow(int otherRegId, TunnelRoute otherRoute) {
        return new UeSettings(
                otherRoute,
                domain,
                user,
                credentials,
                instanceId,
                otherRegId,
                expires,
                ringing,
                answerer,
                misbehaviours);
    }

    /** The same asking for another lifetime of its registration. */
    public UeSettings expiringAfter(Duration otherExpires) {
        return new UeSettings(
                route, domain, user, credentials, instanceId, regId, otherExpires, ringing, answerer, misbehaviours);
    }

    /** The same letting a call ring that long before it is answered. */
    public UeSettings ringingFor(Duration otherRinging) {
        return new UeSettings(
                route, domain, user, credentials, instanceId, regId, expires, otherRinging, answerer, misbehaviours);
    }

    /** The same answering calls by this. */
    public UeSettings answeringBy(Answerer otherAnswerer) {
        return new UeSettings(
                route, domain, user, credentials, instanceId, regId, expires, ringing, otherAnswerer, misbehaviours);
    }

    /** The same doing all this wrong. */
    public UeSettings misbehaving(Set<Misbehaviour> how) {
        return new UeSettings(route, domain, user, credentials, instanceId, regId, expires, ringing, answerer, how);
    }

    /** The AOR. */
    public String aor() {
        return "sip:" + user + "@" + domain;
    }
}

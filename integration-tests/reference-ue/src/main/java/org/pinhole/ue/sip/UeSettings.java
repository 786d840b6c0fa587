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
 * @param callsAtOnce how many calls there may be before one that comes is answered 486
 * @param realms whose challenges are answered beside the domain's and the registrar's
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
        int callsAtOnce,
        Set<String> realms,
        Set<Misbehaviour> misbehaviours) {
    /** 600 000 s, what TS 24.229 §5.1.1.2.1 has a UE ask for; the registrar shortens it (U-7). */
    private static final Duration EXPIRES = Duration.ofMinutes(10_000);

    private static final int CALLS_AT_ONCE = 4;

    public UeSettings {
        if (regId < 1) {
            throw new IllegalArgumentException("reg-id " + regId + " is not positive");
        }
        realms = Set.copyOf(realms);
        misbehaviours = Set.copyOf(misbehaviours);
    }

    /** A UE with a new instance id on its first flow, whose Digest user is its SIP user. */
    public static UeSettings of(TunnelRoute route, String domain, String user, String password) {
        Credentials credentials = Credentials.of(user, password);
        return new UeSettings(
                route,
                domain,
                user,
                credentials,
                UUID.randomUUID(),
                1,
                EXPIRES,
                Duration.ZERO,
                null,
                CALLS_AT_ONCE,
                Set.of(),
                Set.of());
    }

    public UeSettings withInstance(UUID otherInstanceId) {
        Copy copy = new Copy();
        copy.instanceId = otherInstanceId;
        return copy.made();
    }

    /** The same UE on another of its flows. */
    public UeSettings onFlow(int otherRegId, TunnelRoute otherRoute) {
        Copy copy = new Copy();
        copy.route = otherRoute;
        copy.regId = otherRegId;
        return copy.made();
    }

    /** The same asking for another lifetime of its registration. */
    public UeSettings expiringAfter(Duration otherExpires) {
        Copy copy = new Copy();
        copy.expires = otherExpires;
        return copy.made();
    }

    /** The same letting a call ring that long before it is answered. */
    public UeSettings ringingFor(Duration otherRinging) {
        Copy copy = new Copy();
        copy.ringing = otherRinging;
        return copy.made();
    }

    /** The same answering calls by this. */
    public UeSettings answeringBy(Answerer otherAnswerer) {
        Copy copy = new Copy();
        copy.answerer = otherAnswerer;
        return copy.made();
    }

    /** The same taking that many calls at once. */
    public UeSettings takingCalls(int atOnce) {
        Copy copy = new Copy();
        copy.callsAtOnce = atOnce;
        return copy.made();
    }

    /** The same that also answers challenges of these realms with its password. */
    public UeSettings trustingRealms(Set<String> otherRealms) {
        Copy copy = new Copy();
        copy.realms = otherRealms;
        return copy.made();
    }

    /** The same doing all this wrong. */
    public UeSettings misbehaving(Set<Misbehaviour> how) {
        Copy copy = new Copy();
        copy.misbehaviours = how;
        return copy.made();
    }

    /** The AOR. */
    public String aor() {
        return "sip:" + user + "@" + domain;
    }

    /** One that differs in something. */
    private final class Copy {
        private TunnelRoute route = UeSettings.this.route;
        private UUID instanceId = UeSettings.this.instanceId;
        private int regId = UeSettings.this.regId;
        private Duration expires = UeSettings.this.expires;
        private Duration ringing = UeSettings.this.ringing;
        private @Nullable Answerer answerer = UeSettings.this.answerer;
        private int callsAtOnce = UeSettings.this.callsAtOnce;
        private Set<String> realms = UeSettings.this.realms;
        private Set<Misbehaviour> misbehaviours = UeSettings.this.misbehaviours;

        UeSettings made() {
            return new UeSettings(
                    route,
                    domain,
                    user,
                    credentials,
                    instanceId,
                    regId,
                    expires,
                    ringing,
                    answerer,
                    callsAtOnce,
                    realms,
                    misbehaviours);
        }
    }
}

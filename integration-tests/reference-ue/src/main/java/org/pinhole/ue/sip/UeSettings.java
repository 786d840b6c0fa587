package org.pinhole.ue.sip;

import java.time.Duration;
import java.util.UUID;
import org.pinhole.ue.tunnel.TunnelRoute;

/** Who this UE is and where it goes. The instance id has to stay the same over restarts (U-5): keep it if you can. */
public record UeSettings(
        TunnelRoute route, String domain, String user, Credentials credentials, UUID instanceId, Duration expires) {
    private static final Duration EXPIRES = Duration.ofHours(1);

    /** A UE with a new instance id, whose Digest user is its SIP user. */
    public static UeSettings of(TunnelRoute route, String domain, String user, String password) {
        return new UeSettings(route, domain, user, Credentials.of(user, password), UUID.randomUUID(), EXPIRES);
    }

    public UeSettings withInstance(UUID otherInstanceId) {
        return new UeSettings(route, domain, user, credentials, otherInstanceId, expires);
    }

    /** The same asking for another lifetime of its registration. */
    public UeSettings expiringAfter(Duration otherExpires) {
        return new UeSettings(route, domain, user, credentials, instanceId, otherExpires);
    }

    /** The AOR. */
    public String aor() {
        return "sip:" + user + "@" + domain;
    }
}

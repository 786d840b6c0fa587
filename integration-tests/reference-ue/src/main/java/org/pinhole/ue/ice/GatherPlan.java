package org.pinhole.ue.ice;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;

/**
 * What to gather candidates from.
 *
 * @param hosts addresses of this machine; none to go through relays only
 * @param servers TURN servers, most preferred first, each with the proxy on its way
 * @param within after which what has not answered is left out
 * @param afterARelay after which it is left out where another's relay stands already
 */
public record GatherPlan(
        List<InetAddress> hosts,
        List<TurnRoute> servers,
        TurnCredentials credentials,
        Duration within,
        Duration afterARelay) {
    /** A firewall that drops says nothing: no server is waited for longer. */
    public static final Duration WITHIN = Duration.ofSeconds(5);

    /** Once a relay stands: two transactions of a server whose first datagrams were lost. */
    public static final Duration AFTER_A_RELAY = Duration.ofSeconds(2);

    public GatherPlan {
        hosts = List.copyOf(hosts);
        servers = List.copyOf(servers);
    }

    /** With a relay others are waited for no longer than {@link #AFTER_A_RELAY}. */
    public GatherPlan(List<InetAddress> hosts, List<TurnRoute> servers, TurnCredentials credentials, Duration within) {
        this(hosts, servers, credentials, within, AFTER_A_RELAY);
    }
}

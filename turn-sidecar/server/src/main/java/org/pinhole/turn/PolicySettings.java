package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.util.List;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.auth.KeySource;
import org.pinhole.turn.relay.Cidr;

/**
 * Who may do what: all that a reload changes beside certificates.
 *
 * @param controls the admin port and whoever is asked for keys: peers that nothing allows
 * @param tcpRelays whether there are any (RFC 6062)
 */
record PolicySettings(
        KeySource users,
        List<Cidr> allowedPeers,
        List<Cidr> deniedPeers,
        List<InetSocketAddress> controls,
        QuotaLimits quota,
        int answersPerSecond,
        Drain.AlternateServers alternates,
        boolean tcpRelays) {}

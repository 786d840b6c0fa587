package org.pinhole.turn;

import java.util.List;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.auth.KeySource;
import org.pinhole.turn.relay.Cidr;

/** Who may do what: all that a reload changes beside certificates. */
record PolicySettings(
        KeySource users,
        List<Cidr> allowedPeers,
        List<Cidr> deniedPeers,
        QuotaLimits quota,
        int answersPerSecond,
        Drain.AlternateServers alternates) {}

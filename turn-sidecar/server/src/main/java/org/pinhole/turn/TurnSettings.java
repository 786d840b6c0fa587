package org.pinhole.turn;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.auth.KeySource;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.tls.Identity;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.transport.Listen;

/** What a server needs to know, read and checked. */
record TurnSettings(
        List<Listen> listens,
        List<InetAddress> relayAddresses,
        PortRange relayPorts,
        String realm,
        KeySource users,
        List<Cidr> allowedPeers,
        List<Identity> identities,
        @Nullable TicketKeyFile ticketKeyFile,
        StreamSettings streams,
        int eventLoops,
        int userQuota,
        int highestChannel) {}

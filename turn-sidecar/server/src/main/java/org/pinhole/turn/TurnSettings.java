package org.pinhole.turn;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.tls.Identity;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.transport.Listen;

/** What a server needs to know, read and checked. */
record TurnSettings(
        List<Listen> listens,
        List<RelayAddress> relayAddresses,
        PortRange relayPorts,
        String realm,
        PolicySettings policy,
        List<Identity> identities,
        @Nullable TicketKeyFile ticketKeyFile,
        StreamSettings streams,
        @Nullable AdminSettings admin,
        int eventLoops,
        int highestChannel) {

    /** What of another's settings a running server cannot take over, as options; empty when it can take all. */
    List<String> needsRestartFor(TurnSettings next) {
        List<String> changed = new ArrayList<>();
        note(changed, "listeners", listens, next.listens);
        note(changed, "--relay-address", relayAddresses, next.relayAddresses);
        note(changed, "--relay-ports", relayPorts, next.relayPorts);
        note(changed, "--event-loops", eventLoops, next.eventLoops);
        note(changed, "--rfc5766-channels", highestChannel, next.highestChannel);
        note(changed, "--admin-listen or its token", admin, next.admin);
        note(changed, "the limits of TCP and TLS connections", streams.limits(), next.streams.limits());
        note(changed, "--proxy-from", streams.proxies(), next.streams.proxies());
        return changed;
    }

    private static void note(List<String> changed, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changed.add(what);
        }
    }
}

package org.pinhole.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.relay.OwnMachine;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.transport.Listen;
import org.pinhole.turn.transport.LocalAddresses;

/** Finds out where this server and its machine can be reached, as they are now. */
final class OwnAddresses {
    private static final InetAddress ANYWHERE = IpLiteral.parse("0.0.0.0");

    private OwnAddresses() {}

    /** {@code controls} are the admin port and whoever is asked for keys, who may well listen on more than loopback. */
    static OwnMachine of(
            List<Listen> listeners,
            List<RelayAddress> relays,
            PortRange ports,
            List<InetSocketAddress> controls,
            LocalAddresses machine) {
        Set<InetSocketAddress> services = new HashSet<>();
        controls.forEach(control -> services.add(new InetSocketAddress(ANYWHERE, control.getPort())));
        for (Listen listen : listeners) {
            services.add(listen.address());
            relays.forEach(relay -> services.add(
                    new InetSocketAddress(relay.advertised(), listen.address().getPort())));
        }
        Set<InetAddress> addresses = withoutZones(machine.now());
        relays.forEach(relay -> addresses.add(relay.advertised()));
        return new OwnMachine(services, addresses, ports);
    }

    /** No peer address on the wire has one. */
    private static Set<InetAddress> withoutZones(Collection<InetAddress> zoned) {
        return zoned.stream().map(OwnAddresses::withoutZone).collect(Collectors.toCollection(HashSet::new));
    }

    private static InetAddress withoutZone(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("an address has the length of one", e);
        }
    }
}

package org.pinhole.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.relay.OwnMachine;
import org.pinhole.turn.relay.PortRange;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.transport.Listen;

/** Finds out where this server and its machine can be reached, as they are now. */
final class OwnAddresses {
    private static final InetAddress ANYWHERE = IpLiteral.parse("0.0.0.0");

    private OwnAddresses() {}

    /** {@code controls} are the admin port and whoever is asked for keys, who may well listen on more than loopback. */
    static OwnMachine of(
            List<Listen> listeners, List<RelayAddress> relays, PortRange ports, List<InetSocketAddress> controls) {
        Set<InetSocketAddress> services = new HashSet<>();
        controls.forEach(control -> services.add(new InetSocketAddress(ANYWHERE, control.getPort())));
        for (Listen listen : listeners) {
            services.add(listen.address());
            relays.forEach(relay -> services.add(
                    new InetSocketAddress(relay.advertised(), listen.address().getPort())));
        }
        Set<InetAddress> addresses = machine();
        relays.forEach(relay -> addresses.add(relay.advertised()));
        return new OwnMachine(services, addresses, ports);
    }

    /** An IPv6 address without its zone, which no peer address on the wire has. */
    private static Set<InetAddress> machine() {
        Set<InetAddress> addresses = new HashSet<>();
        try {
            NetworkInterface.networkInterfaces()
                    .flatMap(NetworkInterface::inetAddresses)
                    .forEach(address -> addresses.add(withoutZone(address)));
        } catch (SocketException e) {
            // a machine that does not tell its addresses has none to protect by name
        }
        return addresses;
    }

    private static InetAddress withoutZone(InetAddress address) {
        try {
            return InetAddress.getByAddress(address.getAddress());
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError("an address has the length of one", e);
        }
    }
}

package org.pinhole.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.transport.Listen;

/** What no peer may ever be: every listener of this server, on every address of the machine if it listens on all. */
final class OwnAddresses {
    private OwnAddresses() {}

    /** {@code controls} are the admin port and whoever is asked for keys. */
    static Set<InetSocketAddress> of(
            List<Listen> listeners, List<RelayAddress> relays, List<InetSocketAddress> controls) {
        Set<InetSocketAddress> own = new HashSet<>(controls);
        for (Listen listen : listeners) {
            InetAddress address = listen.address().getAddress();
            int port = listen.address().getPort();
            if (address.isAnyLocalAddress()) {
                machine().forEach(local -> own.add(new InetSocketAddress(local, port)));
            }
            own.add(listen.address());
            relays.forEach(relay -> own.add(new InetSocketAddress(relay.advertised(), port)));
        }
        return own;
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

package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where the server and the machine around it can be reached: a relay must not be a way in past what guards the front.
 *
 * @param services the server itself; an unspecified address stands for all of the machine
 * @param addresses of the machine, and those that a NAT in front of it lends it
 * @param relays the ports of relayed addresses
 */
public record OwnMachine(Set<InetSocketAddress> services, Set<InetAddress> addresses, PortRange relays) {
    /** Loopback is known to be ours anywhere. */
    public static final OwnMachine UNKNOWN = new OwnMachine(Set.of(), Set.of(), PortRange.DYNAMIC);

    private static final InetAddress ANY_IPV4 = IpLiteral.parse("0.0.0.0");
    private static final InetAddress ANY_IPV6 = IpLiteral.parse("::");

    public OwnMachine {
        services = Set.copyOf(services);
        addresses = Set.copyOf(addresses);
    }

    /** Whether the server itself is there. */
    boolean isService(InetSocketAddress peer) {
        return services.contains(peer) || (isHere(peer.getAddress()) && isServiceOnAllAddresses(peer.getPort()));
    }

    /** Whether somebody else of this machine may be there. */
    boolean isApplication(InetSocketAddress peer) {
        return isHere(peer.getAddress()) && !relays.contains(peer.getPort());
    }

    private boolean isHere(InetAddress address) {
        return address.isLoopbackAddress() || addresses.contains(address);
    }

    private boolean isServiceOnAllAddresses(int port) {
        return services.contains(new InetSocketAddress(ANY_IPV4, port))
                || services.contains(new InetSocketAddress(ANY_IPV6, port));
    }
}

package org.pinhole.turn;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.pinhole.turn.relay.RelayAddress;

/** Makes relay addresses of options, and checks that this machine has them. */
final class RelayAddressReader {
    private final TurnOptions options;

    RelayAddressReader(TurnOptions options) {
        this.options = options;
    }

    /** The first listener is on {@code listens}, which is the default. */
    List<RelayAddress> read(InetAddress listens) throws StartException {
        List<InetAddress> addresses = options.relayAddresses;
        if (addresses.isEmpty()) {
            addresses = List.of(listens);
        }
        requireOneOfEachFamily("--relay-address", addresses);
        requireOneOfEachFamily("--external-address", options.externalAddresses);
        for (InetAddress address : addresses) {
            if (address.isAnyLocalAddress()) {
                throw new StartException("--relay-address is missing; give the address of this machine"
                        + " that peers shall see, since the first listener has no specific one");
            }
            requireOurs(address);
        }
        return withExternal(addresses);
    }

    /** Each relay address with the external address of its family, or as it is. */
    private List<RelayAddress> withExternal(List<InetAddress> addresses) throws StartException {
        List<RelayAddress> relays = new ArrayList<>();
        addresses.forEach(address -> relays.add(RelayAddress.of(address)));
        for (InetAddress external : options.externalAddresses) {
            if (external.isAnyLocalAddress() || external.isMulticastAddress()) {
                throw new StartException(
                        "--external-address %s: peers cannot send to it; give the address that they see"
                                .formatted(external.getHostAddress()));
            }
            int index = 0;
            while (index < relays.size() && relays.get(index).local().getClass() != external.getClass()) {
                index++;
            }
            if (index == relays.size()) {
                throw new StartException("--external-address %s: there is no --relay-address of its family"
                        .formatted(external.getHostAddress()));
            }
            relays.set(index, new RelayAddress(relays.get(index).local(), external));
        }
        return relays;
    }

    private static void requireOurs(InetAddress address) throws StartException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
            probe.getLocalPort();
        } catch (IOException e) {
            throw new StartException(
                    "--relay-address %s: this machine does not have it (%s)"
                            .formatted(address.getHostAddress(), e.getMessage()),
                    e);
        }
    }

    /** A second one of a family would be left out without a word. */
    static void requireOneOfEachFamily(String option, List<InetAddress> addresses) throws StartException {
        Set<Class<?>> families = new HashSet<>();
        for (InetAddress address : addresses) {
            if (!families.add(address.getClass())) {
                throw new StartException("%s %s: is the second of its family; one IPv4 and one IPv6 may be given"
                        .formatted(option, address.getHostAddress()));
            }
        }
    }
}

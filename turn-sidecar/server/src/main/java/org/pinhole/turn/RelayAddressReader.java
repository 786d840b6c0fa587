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
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).isAnyLocalAddress()) {
                throw new StartException("--relay-address is missing; give the address of this machine"
                        + " that peers shall see, since the first listener has no specific one");
            }
            requireOurs(i, addresses.get(i));
        }
        return withExternal(addresses);
    }

    /** Each relay address with the external address of its family, or as it is. */
    private List<RelayAddress> withExternal(List<InetAddress> addresses) throws StartException {
        List<RelayAddress> relays = new ArrayList<>();
        addresses.forEach(address -> relays.add(RelayAddress.of(address)));
        for (int i = 0; i < options.externalAddresses.size(); i++) {
            InetAddress external = options.externalAddresses.get(i);
            if (external.isAnyLocalAddress() || external.isMulticastAddress()) {
                throw new StartException(
                                "--external-address %s: peers cannot send to it; give the address that they see"
                                        .formatted(external.getHostAddress()))
                        .of("--external-address", i);
            }
            int index = 0;
            while (index < relays.size() && relays.get(index).local().getClass() != external.getClass()) {
                index++;
            }
            if (index == relays.size()) {
                throw new StartException("--external-address %s: there is no --relay-address of its family"
                                .formatted(external.getHostAddress()))
                        .of("--external-address", i);
            }
            relays.set(index, new RelayAddress(relays.get(index).local(), external));
        }
        return relays;
    }

    private static void requireOurs(int index, InetAddress address) throws StartException {
        try (DatagramSocket probe = new DatagramSocket(new InetSocketAddress(address, 0))) {
            probe.getLocalPort();
        } catch (IOException e) {
            throw new StartException(
                            "--relay-address %s: this machine does not have it (%s)"
                                    .formatted(address.getHostAddress(), e.getMessage()),
                            e)
                    .of("--relay-address", index);
        }
    }

    /** A second one of a family would be left out without a word. */
    static void requireOneOfEachFamily(String option, List<InetAddress> addresses) throws StartException {
        Set<Class<?>> families = new HashSet<>();
        for (int i = 0; i < addresses.size(); i++) {
            InetAddress address = addresses.get(i);
            if (!families.add(address.getClass())) {
                throw new StartException("%s %s: is the second of its family; one IPv4 and one IPv6 may be given"
                                .formatted(option, address.getHostAddress()))
                        .of(option, i);
            }
        }
    }
}

package org.pinhole.turn.transport;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.pinhole.turn.relay.IpLiteral;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One UDP listener on 0.0.0.0 or [::], as sockets on each address that the machine has: taken up when the address comes,
 * given back when it has been away for longer than an interface takes to be configured anew. Called by one thread at a time.
 */
final class EveryAddress {
    private static final Logger LOG = LoggerFactory.getLogger(EveryAddress.class);
    private static final InetAddress ANY_IPV4 = IpLiteral.parse("0.0.0.0");

    /** Until then allocations go on where an address comes back; afterwards they end with its sockets. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** Binds one port or fails. */
    @FunctionalInterface
    interface Binder {
        UdpPort bind(InetSocketAddress wanted) throws IOException;
    }

    /**
     * An address where it is: two interfaces may well have the same link-local one, which Java takes for equal. Any other is one
     * wherever it is, though Java names an interface with it too.
     */
    private record Place(InetAddress address, int scope) {
        static Place of(InetAddress address) {
            return new Place(
                    address, address instanceof Inet6Address v6 && v6.isLinkLocalAddress() ? v6.getScopeId() : 0);
        }
    }

    private final InetSocketAddress all;
    private final Binder binder;
    private final InstantSource clock;
    private final Map<Place, UdpPort> served = new HashMap<>();
    private final Map<Place, Instant> awaySince = new HashMap<>();

    /** What could not be bound and has been said. */
    private final Set<Place> refused = new HashSet<>();

    EveryAddress(InetSocketAddress all, Binder binder, InstantSource clock) {
        this.all = all;
        this.binder = binder;
        this.clock = clock;
    }

    /** Listens on these and no others; one that cannot be bound is said once and tried again at the next look. */
    void follow(Collection<InetAddress> machine) {
        Set<Place> here = machine.stream()
                .filter(address ->
                        address instanceof Inet4Address || !all.getAddress().equals(ANY_IPV4))
                .map(Place::of)
                .collect(Collectors.toSet());
        refused.retainAll(here);
        awaySince.keySet().removeAll(here);
        served.keySet().stream().filter(place -> !here.contains(place)).toList().forEach(this::leave);
        here.stream().filter(place -> !served.containsKey(place)).forEach(this::bind);
    }

    /** Where it listens, at addresses that may be away for the moment too. */
    List<InetSocketAddress> addresses() {
        return served.values().stream().map(UdpPort::address).toList();
    }

    void close() {
        served.values().forEach(UdpPort::close);
        served.clear();
    }

    private void leave(Place place) {
        Instant now = clock.instant();
        Instant since = awaySince.computeIfAbsent(place, first -> now);
        UdpPort port = served.get(place);
        if (port != null && now.isAfter(since.plus(PATIENCE))) {
            awaySince.remove(place);
            served.remove(place);
            port.close();
            LOG.info("udp {}: listens no more, the address is gone", port.address());
        }
    }

    private void bind(Place place) {
        InetSocketAddress wanted = new InetSocketAddress(place.address(), all.getPort());
        try {
            served.put(place, binder.bind(wanted));
            refused.remove(place);
            LOG.info("udp {}: listens", wanted);
        } catch (IOException e) {
            if (refused.add(place)) {
                LOG.warn("udp {}: not listening there, {}; tries again (said once)", wanted, e.getMessage());
            }
        }
    }
}

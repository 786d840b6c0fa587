package org.pinhole.turn.relay;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.RelayPorts.Parity;

/** The ports of one transport protocol on the addresses that the operator gave, one per family. */
final class RelayAddresses {
    /** Somebody else may hold ports of our range; that many strangers in a row are taken for exhaustion. */
    private static final int MAX_BIND_ATTEMPTS = 64;

    private final Map<StandardProtocolFamily, RelayPorts> ports = new EnumMap<>(StandardProtocolFamily.class);

    RelayAddresses(List<RelayAddress> addresses, PortRange range, RandomGenerator random) {
        for (RelayAddress address : addresses) {
            ports.put(familyOf(address.local()), new RelayPorts(address, range, random));
        }
    }

    static StandardProtocolFamily familyOf(InetAddress address) {
        return address instanceof Inet6Address ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    }

    boolean supports(StandardProtocolFamily family) {
        return ports.containsKey(family);
    }

    RelayPorts require(StandardProtocolFamily family) {
        RelayPorts pool = ports.get(family);
        if (pool == null) {
            throw new StunException(440, "no relay address of family " + family);
        }
        return pool;
    }

    /** Tries ports until {@code bind} makes something of one; a lease that it makes nothing of is released, whatever it throws. */
    static <T> T bindOne(RelayPorts pool, Parity parity, Function<PortLease, @Nullable T> bind) {
        for (int attempt = 0; attempt < MAX_BIND_ATTEMPTS; attempt++) {
            PortLease lease = pool.take(parity);
            if (lease == null) {
                break;
            }
            T bound = lease.releasedUnless(() -> bind.apply(lease));
            if (bound != null) {
                return bound;
            }
        }
        throw new StunException(
                508, "no relay port left on " + pool.address().local().getHostAddress());
    }
}

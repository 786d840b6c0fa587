package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An address to relay from: where sockets are bound, and as what clients and peers see it behind a 1:1 NAT (T-24). */
public record RelayAddress(InetAddress local, InetAddress advertised) {

    public RelayAddress {
        if (local.getClass() != advertised.getClass()) {
            throw new IllegalArgumentException("%s and %s are not of one address family"
                    .formatted(local.getHostAddress(), advertised.getHostAddress()));
        }
    }

    /** An address that is seen as it is. */
    public static RelayAddress of(InetAddress local) {
        return new RelayAddress(local, local);
    }

    InetSocketAddress local(int port) {
        return new InetSocketAddress(local, port);
    }

    InetSocketAddress advertised(int port) {
        return new InetSocketAddress(advertised, port);
    }
}

package org.pinhole.turn.relay;

/** Leases for tests of other packages. */
public final class Leases {
    private Leases() {}

    public static PortLease of(int port, Runnable giveBack) {
        return new PortLease(RelayAddress.of(IpLiteral.parse("192.0.2.1")), port, giveBack);
    }

    public static int port(PortLease lease) {
        return lease.port();
    }
}

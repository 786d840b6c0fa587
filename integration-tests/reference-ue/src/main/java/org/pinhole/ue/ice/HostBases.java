package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets on this machine's own addresses, opened for one stream (RFC 8445 §5.1.1.1, RFC 6544 §5.1). */
final class HostBases {
    private final List<UdpBase> udp = new ArrayList<>();
    private final List<Found> found = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    private HostBases() {}

    /** An address that gives no socket is a refusal. */
    static HostBases open(List<InetAddress> hosts, boolean datagrams) {
        HostBases bases = new HostBases();
        for (InetAddress host : hosts) {
            if (datagrams) {
                bases.tryTo(host.getHostAddress() + " udp", () -> bases.openUdp(host));
            }
            bases.tryTo(host.getHostAddress() + " tcp", () -> bases.openTcp(host));
        }
        return bases;
    }

    private interface Opening {
        void open() throws IOException;
    }

    private void tryTo(String name, Opening opening) {
        try {
            opening.open();
        } catch (IOException e) {
            refusals.add(name + ": " + e.getMessage());
        }
    }

    private void openUdp(InetAddress host) throws IOException {
        UdpBase base = new UdpBase(host);
        udp.add(base);
        found.add(Found.host(base, IceTransport.UDP, base.address()));
    }

    private void openTcp(InetAddress host) throws IOException {
        TcpPassiveBase passive = new TcpPassiveBase(host);
        InetSocketAddress placeholder = new InetSocketAddress(host, Found.DISCARD);
        found.add(Found.host(new TcpActiveBase(host), IceTransport.TCP_ACTIVE, placeholder));
        found.add(Found.host(passive, IceTransport.TCP_PASSIVE, passive.address()));
    }

    List<UdpBase> udp() {
        return udp;
    }

    List<Found> found() {
        return found;
    }

    List<String> refusals() {
        return refusals;
    }

    /**
     * The active candidate at the address that a server sees our connections to it come from; null where nothing
     * translates. Peers' relays have to know that address to let our connections in (RFC 6544 §5.2).
     *
     * @param local our end of the connection
     */
    @Nullable
    Found activeSeenAs(InetAddress local, InetAddress seen, String server) {
        if (seen.equals(local)) {
            return null;
        }
        for (Found one : found) {
            if (one.transport() == IceTransport.TCP_ACTIVE
                    && one.address().getAddress().equals(local)) {
                InetSocketAddress placeholder = new InetSocketAddress(seen, Found.DISCARD);
                return new Found(
                        one.base(),
                        IceTransport.TCP_ACTIVE,
                        CandidateType.SERVER_REFLEXIVE,
                        placeholder,
                        one.address(),
                        server);
            }
        }
        return null;
    }
}

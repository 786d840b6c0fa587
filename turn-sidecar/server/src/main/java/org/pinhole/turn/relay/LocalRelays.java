package org.pinhole.turn.relay;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** Relays on addresses of this machine; UDP and TCP each have the whole range of ports. */
public final class LocalRelays implements Relays {
    private final RelayAddresses udpAddresses;
    private final UdpRelays udp;
    private final TcpRelays tcp;
    private final boolean canForbidFragments;

    /** At most one address per family; {@code udpSockets} makes unregistered channels of the transport in use. */
    public LocalRelays(
            List<RelayAddress> addresses,
            PortRange range,
            RandomGenerator random,
            Function<SocketProtocolFamily, DatagramChannel> udpSockets,
            TcpSockets tcpSockets) {
        this.udpAddresses = new RelayAddresses(addresses, range, random);
        SocketSupply supply = new SocketSupply();
        this.udp = new UdpRelays(udpAddresses, udpSockets, supply);
        this.tcp = new TcpRelays(new RelayAddresses(addresses, range, random), tcpSockets, supply);
        this.canForbidFragments = Fragments.canForbid(udpSockets);
    }

    @Override
    public boolean supports(StandardProtocolFamily family) {
        return udpAddresses.supports(family);
    }

    @Override
    public boolean canForbidFragments() {
        return canForbidFragments;
    }

    @Override
    public Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers) {
        return udp.open(loop, family, evenPort, peers);
    }

    @Override
    public RelayPair openPair(EventLoop loop, StandardProtocolFamily family, PeerTraffic peers) {
        return udp.openPair(loop, family, peers);
    }

    @Override
    public Relay open(EventLoop loop, PortLease lease, PeerTraffic peers) {
        return udp.open(loop, lease, peers);
    }

    @Override
    public TcpRelay openTcp(EventLoop loop, StandardProtocolFamily family, PeerConnections peers) {
        return tcp.open(loop, family, peers);
    }
}

package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.Connecting;
import org.pinhole.turn.relay.IpLiteral;
import org.pinhole.turn.relay.Leases;
import org.pinhole.turn.relay.PeerConnections;
import org.pinhole.turn.relay.PeerTraffic;
import org.pinhole.turn.relay.PortLease;
import org.pinhole.turn.relay.Relay;
import org.pinhole.turn.relay.RelayPair;
import org.pinhole.turn.relay.Relays;
import org.pinhole.turn.relay.StreamEnd;
import org.pinhole.turn.relay.TcpRelay;

/** Relays without sockets, on IPv4 until told otherwise, and as many as asked for. */
final class FakeRelays implements Relays {
    record Sent(InetSocketAddress peer, String data, boolean dontFragment) {
        Sent(InetSocketAddress peer, String data) {
            this(peer, data, false);
        }
    }

    final List<FakeRelay> opened = new ArrayList<>();
    final List<FakeTcpRelay> openedTcp = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    final List<Integer> released = new ArrayList<>();
    final Set<StandardProtocolFamily> families = EnumSet.of(StandardProtocolFamily.INET);
    boolean canForbidFragments;
    int left = 100;
    boolean trouble;

    FakeRelay last() {
        return opened.get(opened.size() - 1);
    }

    FakeTcpRelay lastTcp() {
        return openedTcp.get(openedTcp.size() - 1);
    }

    @Override
    public boolean supports(StandardProtocolFamily family) {
        return families.contains(family);
    }

    @Override
    public boolean canForbidFragments() {
        return canForbidFragments;
    }

    @Override
    public Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers) {
        return open(family, nextPort() + (evenPort ? 0 : 1), peers);
    }

    @Override
    public RelayPair openPair(EventLoop loop, StandardProtocolFamily family, PeerTraffic peers) {
        int port = nextPort();
        return new RelayPair(open(family, port, peers), Leases.of(port + 1, () -> released.add(port + 1)));
    }

    @Override
    public Relay open(EventLoop loop, PortLease lease, PeerTraffic peers) {
        return open(StandardProtocolFamily.INET, Leases.port(lease), peers);
    }

    @Override
    public TcpRelay openTcp(EventLoop loop, StandardProtocolFamily family, PeerConnections peers) {
        troubleNow();
        FakeTcpRelay relay = new FakeTcpRelay(new InetSocketAddress(address(family), nextPort()), peers);
        openedTcp.add(relay);
        return relay;
    }

    private FakeRelay open(StandardProtocolFamily family, int port, PeerTraffic peers) {
        troubleNow();
        if (!families.contains(family)) {
            throw new StunException(440, "no such family");
        }
        if (left-- == 0) {
            throw new StunException(508, "no port left");
        }
        FakeRelay relay = new FakeRelay(new InetSocketAddress(address(family), port), peers);
        opened.add(relay);
        return relay;
    }

    private void troubleNow() {
        if (trouble) {
            throw new OfOurOwn();
        }
    }

    private int nextPort() {
        return 50000 + 2 * (opened.size() + openedTcp.size());
    }

    private static InetAddress address(StandardProtocolFamily family) {
        return IpLiteral.parse(family == StandardProtocolFamily.INET ? "192.0.2.1" : "2001:db8::1");
    }

    final class FakeRelay implements Relay {
        private final InetSocketAddress address;
        private final PeerTraffic peers;
        boolean closed;

        private FakeRelay(InetSocketAddress address, PeerTraffic peers) {
            this.address = address;
            this.peers = peers;
        }

        void receive(InetSocketAddress peer, String data) {
            peers.received(peer, Unpooled.copiedBuffer(data, StandardCharsets.UTF_8));
        }

        void undeliverable(InetSocketAddress peer, Icmp reason) {
            peers.undeliverable(peer, reason);
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void send(InetSocketAddress peer, ByteBuf data, boolean dontFragment) {
            sent.add(new Sent(peer, data.toString(StandardCharsets.UTF_8), dontFragment));
            data.release();
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** What nobody expects. */
    private static final class OfOurOwn extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OfOurOwn() {
            super("a trouble of our own", null, false, false); // a stack trace would fill the log
        }
    }

    /** What a Connect waits for; fails when its channel is closed first. */
    record Attempt(EmbeddedChannel channel, CompletableFuture<Void> outcome) {}

    /** Peers connect, and are connected to, when the test says so. */
    final class FakeTcpRelay implements TcpRelay {
        private final InetSocketAddress address;
        private final PeerConnections peers;
        final List<Attempt> connecting = new ArrayList<>();
        boolean closed;

        private FakeTcpRelay(InetSocketAddress address, PeerConnections peers) {
            this.address = address;
            this.peers = peers;
        }

        /** A peer connects; the channel is its connection. */
        EmbeddedChannel accept(InetSocketAddress peer) {
            EmbeddedChannel channel = new EmbeddedChannel();
            peers.accepted(peer, StreamEnd.attach(channel));
            return channel;
        }

        /** The peer answers the oldest Connect. */
        EmbeddedChannel succeed() {
            Attempt attempt = connecting.remove(0);
            attempt.outcome().complete(null);
            return attempt.channel();
        }

        void fail() {
            var unused = connecting.remove(0).channel().close();
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public Connecting connect(InetSocketAddress peer) {
            troubleNow();
            Attempt attempt = new Attempt(new EmbeddedChannel(), new CompletableFuture<>());
            connecting.add(attempt);
            Connecting made = new Connecting(StreamEnd.attach(attempt.channel()), attempt.outcome());
            made.end().whenClosed(() -> attempt.outcome().completeExceptionally(new StunException(447, "refused")));
            return made;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.PeerTraffic;
import org.pinhole.turn.relay.Relay;
import org.pinhole.turn.relay.Relays;

/** Relays without sockets, on IPv4 and as many as asked for. */
final class FakeRelays implements Relays {
    record Sent(InetSocketAddress peer, String data) {}

    final List<FakeRelay> opened = new ArrayList<>();
    final List<Sent> sent = new ArrayList<>();
    int left = 100;

    FakeRelay last() {
        return opened.get(opened.size() - 1);
    }

    @Override
    public boolean supports(StandardProtocolFamily family) {
        return family == StandardProtocolFamily.INET;
    }

    @Override
    public Relay open(EventLoop loop, StandardProtocolFamily family, boolean evenPort, PeerTraffic peers) {
        if (left-- == 0) {
            throw new StunException(508, "no port left");
        }
        int port = 50000 + 2 * opened.size() + (evenPort ? 0 : 1);
        FakeRelay relay = new FakeRelay(new InetSocketAddress("192.0.2.1", port), peers);
        opened.add(relay);
        return relay;
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
            peers.received(peer, Unpooled.copiedBuffer(data, java.nio.charset.StandardCharsets.UTF_8));
        }

        @Override
        public InetSocketAddress address() {
            return address;
        }

        @Override
        public void send(InetSocketAddress peer, ByteBuf data) {
            sent.add(new Sent(peer, data.toString(java.nio.charset.StandardCharsets.UTF_8)));
            data.release();
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}

package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.StunException;

/** Relays of a range of two ports, in a process that has no descriptor left. */
@Tag("T-24")
class LocalRelaysTest {
    private static final PeerTraffic NOBODY = new PeerTraffic() {
        @Override
        public void received(InetSocketAddress peer, io.netty.buffer.ByteBuf data) {}

        @Override
        public void undeliverable(InetSocketAddress peer, Icmp reason) {}
    };

    private boolean descriptors = true;
    private final EventLoop loop = new EmbeddedChannel().eventLoop();
    private final LocalRelays relays = new LocalRelays(
            List.of(RelayAddress.of(IpLiteral.parse("127.0.0.1"))),
            new PortRange(50000, 50001),
            new Random(1),
            this::socket,
            new TcpSockets(
                    () -> {
                        throw none();
                    },
                    () -> {
                        throw none();
                    },
                    channel -> {}));

    @Test
    void noSocketIsA508AndCostsNoPort() {
        descriptors = false;

        for (int i = 0; i < 10; i++) { // a port that is not given back would be missing the third time
            assertNoSocket(() -> relays.open(loop, StandardProtocolFamily.INET, false, NOBODY));
            assertNoSocket(() -> relays.openPair(loop, StandardProtocolFamily.INET, NOBODY));
            assertNoSocket(() -> relays.openTcp(loop, StandardProtocolFamily.INET, (peer, end) -> end.close()));
        }
    }

    private DatagramChannel socket(SocketProtocolFamily family) {
        if (!descriptors) {
            throw none();
        }
        return new NioDatagramChannel(family);
    }

    private static ChannelException none() {
        return new ChannelException("Failed to open a socket.", new IOException("Too many open files"));
    }

    private static void assertNoSocket(ThrowingCallable opening) {
        assertThatThrownBy(opening)
                .isInstanceOfSatisfying(
                        StunException.class, e -> assertThat(e.code()).isEqualTo(508))
                .hasMessageContaining("Too many open files");
    }
}

package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.ServerSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.relay.Cidr;

/** What the kernel is told of a client's connection, read back. */
class IoTest {
    /** A half-open connection: the client's machine is gone and sends neither FIN nor RST. */
    @Test
    @Tag("T-18")
    void aClientThatVanishedWithoutAWordIsNoticedByWhatItDoesNotAcknowledgeOrByProbes() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        Io io = Io.best(1);
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        Listeners listeners = listeners(watching(io, accepted));
        try {
            listeners.open(
                    new Listen(TransportProtocol.TCP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                    null);
            InetSocketAddress address = listeners.bound().get(0).address();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
                Channel channel = accepted.poll(10, TimeUnit.SECONDS);
                assertThat(channel).isNotNull();
                EpollSocketChannelConfig kernel = (EpollSocketChannelConfig) channel.config();
                assertThat(kernel.isKeepAlive()).isTrue();
                assertThat(kernel.getTcpUserTimeout()).isEqualTo(30_000);
                assertThat(kernel.getTcpKeepIdle()).isEqualTo(60);
                assertThat(kernel.getTcpKeepIntvl()).isEqualTo(10);
                assertThat(kernel.getTcpKeepCnt()).isEqualTo(3);
            }
        } finally {
            listeners.close();
            io.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    /** Whoever connects is waited for as a proxy, so that none of it comes to a router. */
    private static Listeners listeners(Io io) {
        StreamRules rules = new StreamRules(
                StreamLimits.DEFAULT,
                new ConnectionLimits(8, 8),
                List.of(Cidr.parse("127.0.0.0/8")),
                new StreamCounts());
        return new Listeners(
                io,
                List.of(),
                loop -> {
                    throw new AssertionError("no client is expected");
                },
                rules,
                List::of,
                InstantSource.system());
    }

    /** The same, and whom its listeners accept, when they are done with him. */
    private static Io watching(Io io, BlockingQueue<Channel> accepted) {
        return new Io(
                io.name(),
                io.loops(),
                family -> {
                    ServerSocketChannel listener = io.serverSocket().apply(family);
                    listener.pipeline().addLast(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelRead(ChannelHandlerContext context, Object client) {
                            context.fireChannelRead(client);
                            accepted.add((Channel) client);
                        }
                    });
                    return listener;
                },
                io.datagram(),
                io.tcp(),
                io.canSharePorts());
    }
}

package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollSocketChannelConfig;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the kernel is told of a client's connection, read back. */
class IoTest {
    /** A half-open connection: the client's machine is gone and sends neither FIN nor RST. */
    @Test
    @Tag("T-18")
    void aClientThatVanishedWithoutAWordIsNoticedByWhatItDoesNotAcknowledgeOrByProbes() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        Io io = Io.best(1);
        BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(io.loops())
                .channelFactory(() -> io.serverSocket().apply(SocketProtocolFamily.INET))
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        accepted.add(channel);
                    }
                });
        io.tune(bootstrap);
        try {
            InetSocketAddress address = (InetSocketAddress) bootstrap
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel()
                    .localAddress();
            try (Socket client = new Socket(address.getAddress(), address.getPort())) {
                assertThat(client.isConnected()).isTrue();
                Channel channel = accepted.poll(10, TimeUnit.SECONDS);
                assertThat(channel).isNotNull();
                EpollSocketChannelConfig kernel = (EpollSocketChannelConfig) channel.config();
                assertThat(kernel.isKeepAlive()).isTrue();
                assertThat(kernel.getTcpUserTimeout()).isEqualTo(30_000);
                assertThat(kernel.getTcpKeepIdle()).isEqualTo(60);
                assertThat(kernel.getTcpKeepIntvl()).isEqualTo(10);
            }
        } finally {
            io.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}

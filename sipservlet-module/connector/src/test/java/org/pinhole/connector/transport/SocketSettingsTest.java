package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MaxMessagesRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.epoll.EpollChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the kernel says of an accepted socket. */
class SocketSettingsTest {
    @Test
    void aDeadPeerShowsAfterTheTimesThatWereSet() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.tcp.user-timeout-seconds", "61");
        settings.put("pinhole.tcp.keep-alive-seconds", "100");

        Map<ChannelOption<?>, Object> accepted = accepted(settings);

        assertThat(accepted.get(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(61_000);
        assertThat(accepted.get(ChannelOption.SO_KEEPALIVE)).isEqualTo(true);
        assertThat(accepted.get(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(100);
        assertThat(accepted.get(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(25);
        assertThat(accepted.get(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(4);
        assertThat(accepted.get(ChannelOption.TCP_NODELAY)).isEqualTo(true);
    }

    @Test
    void zeroLeavesThemToTheSystem() throws Exception {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.tcp.user-timeout-seconds", "0");
        settings.put("pinhole.tcp.keep-alive-seconds", "0");

        Map<ChannelOption<?>, Object> accepted = accepted(settings);

        assertThat(accepted.get(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(0);
        assertThat(accepted.get(ChannelOption.SO_KEEPALIVE)).isEqualTo(false);
    }

    @Test
    void theDefaultsFindADeadPeerToo() throws Exception {
        Map<ChannelOption<?>, Object> accepted = accepted(Collections.emptyMap());

        assertThat(accepted.get(EpollChannelOption.TCP_USER_TIMEOUT)).isEqualTo(25_000);
        assertThat(accepted.get(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(120);
    }

    @Test
    void theKernelTakesNoMoreThanTheLongestMessageThatItCannotSend() throws Exception {
        Map<ChannelOption<?>, Object> accepted = accepted(Collections.emptyMap());

        assertThat(accepted.get(EpollChannelOption.TCP_NOTSENT_LOWAT)).isEqualTo(64 * 1024L);
    }

    /** Else each ping costs a second look at its socket. */
    @Test
    void whatHasArrivedIsReadAtOnce() throws Exception {
        Map<ChannelOption<?>, Object> accepted = accepted(Collections.emptyMap());

        assertThat(accepted.get(ChannelOption.RCVBUF_ALLOCATOR))
                .isInstanceOfSatisfying(
                        MaxMessagesRecvByteBufAllocator.class,
                        buffers -> assertThat(buffers.maxMessagesPerRead()).isEqualTo(16));
    }

    @Test
    void lessMayWaitForAStrangerThanForAPhoneThatIsKnown() throws Exception {
        EmbeddedChannel phone = new EmbeddedChannel();

        SocketSettings.of(Collections.emptyMap()).known(phone);

        assertThat(accepted(Collections.emptyMap()).get(ChannelOption.WRITE_BUFFER_WATER_MARK))
                .isInstanceOfSatisfying(
                        WriteBufferWaterMark.class,
                        stranger -> assertThat(stranger.high()).isEqualTo(64 * 1024));
        assertThat(phone.config().getWriteBufferHighWaterMark()).isEqualTo(1024 * 1024);
    }

    /** The options as they are, read while the connection is open. */
    private static Map<ChannelOption<?>, Object> accepted(Map<String, String> settings) throws Exception {
        BlockingQueue<Channel> connections = new ArrayBlockingQueue<>(1);
        try (EventLoops loops = new EventLoops()) {
            assumeTrue(loops.isEpoll(), "NIO sets no such times");
            ServerBootstrap bootstrap = new ServerBootstrap().childHandler(new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                    connections.add(channel);
                }
            });
            SocketSettings.of(settings).applyTo(bootstrap, true);
            Channel server = loops.listen(bootstrap, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            try (Socket phone = new Socket(InetAddress.getLoopbackAddress(), port)) {
                Channel connection = connections.poll(30, TimeUnit.SECONDS);
                assertThat(connection)
                        .as("accepted from %s", phone.getLocalPort())
                        .isNotNull();
                Map<ChannelOption<?>, Object> options =
                        new HashMap<>(connection.config().getOptions());
                options.put(
                        EpollChannelOption.TCP_USER_TIMEOUT,
                        connection.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT)); // not among the others
                return options;
            }
        }
    }
}

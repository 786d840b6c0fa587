package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.EventLoop;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UdpBinderTest {
    /** As when descriptors run out at the second of two sockets; the next attempt would else find the port taken, by us. */
    @Test
    @SuppressWarnings("NullAway") // nothing is heard, so no router is asked
    void aPortThatOneEventLoopCannotOpenIsOpenOnNone() throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        Io works = Io.epoll(1);
        Io ended = Io.epoll(1);
        ended.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        InetSocketAddress wanted = freePort();
        UdpBinder binder = new UdpBinder(works, List.of(loop(works), loop(ended)), loop -> null);

        assertThatThrownBy(() -> binder.bind(wanted)).isInstanceOf(IOException.class);

        try (DatagramSocket again = new DatagramSocket(wanted)) {
            assertThat(again.isBound()).isTrue();
        } finally {
            works.loops().shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static EventLoop loop(Io io) {
        return (EventLoop) io.loops().iterator().next();
    }

    private static InetSocketAddress freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return (InetSocketAddress) probe.getLocalSocketAddress();
        }
    }
}

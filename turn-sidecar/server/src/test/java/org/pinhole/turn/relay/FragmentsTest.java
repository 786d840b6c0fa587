package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.turn.Ipv6;

/** What the kernel says of a socket's fragments, read back (ip(7), ipv6(7)). */
class FragmentsTest {
    private static final int PMTUDISC_DONT = 0;
    private static final int PMTUDISC_DO = 2;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 0, 10", "::1, 41, 23"})
    @Tag("T-14")
    void theSocketForbidsFragmentsFromOneDatagramToTheNextAsItIsAsked(String host, int level, int name)
            throws Exception {
        assumeThat(Epoll.isAvailable()).isTrue();
        Ipv6.assumeIsHere();
        ChannelOption<Integer> discovery = new IntegerUnixChannelOption("discovery", level, name);
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            EventLoop loop = loops.next();
            DatagramChannel socket =
                    new EpollDatagramChannel(level == 0 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
            loop.register(socket).sync();
            socket.bind(new InetSocketAddress(IpLiteral.parse(host), 0)).sync();

            Fragments fragments = new Fragments(socket);
            assertThat(socket.config().getOption(discovery)).isEqualTo(PMTUDISC_DONT);
            fragments.forbid(true);
            assertThat(socket.config().getOption(discovery)).isEqualTo(PMTUDISC_DO);
            fragments.forbid(false);
            assertThat(socket.config().getOption(discovery)).isEqualTo(PMTUDISC_DONT);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }
}

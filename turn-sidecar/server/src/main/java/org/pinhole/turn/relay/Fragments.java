package org.pinhole.turn.relay;

import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.Inet6Address;
import java.util.function.Function;

/**
 * Whether routers may fragment what a UDP socket sends (RFC 8656 §14, §15): the DF bit on IPv4, no fragment header of our own
 * on IPv6. Linux's own default is neither, it sets DF on what fits the path; a relay sets it when it is asked to.
 *
 * <p>A JVM cannot set it; Netty's native sockets can. On a socket of NIO nothing is ever forbidden.
 */
final class Fragments {
    /** {@code IPPROTO_IP, IP_MTU_DISCOVER} and {@code IPPROTO_IPV6, IPV6_MTU_DISCOVER} of Linux. */
    private static final ChannelOption<Integer> IPV4 = new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);

    private static final ChannelOption<Integer> IPV6 = new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);

    private static final int PMTUDISC_DONT = 0;
    private static final int PMTUDISC_DO = 2;

    private final DatagramChannel socket;
    private final ChannelOption<Integer> option;
    private boolean forbidden;

    /** For a bound socket, which from now on lets everything be fragmented. */
    Fragments(DatagramChannel socket) {
        this.socket = socket;
        this.option = socket.localAddress().getAddress() instanceof Inet6Address ? IPV6 : IPV4;
        set(PMTUDISC_DONT);
    }

    static boolean canForbid(Function<SocketProtocolFamily, DatagramChannel> sockets) {
        DatagramChannel probe = sockets.apply(SocketProtocolFamily.INET);
        try {
            return probe instanceof UnixChannel;
        } finally {
            probe.unsafe().closeForcibly();
        }
    }

    /** For what is sent from now on; what waits is sent before. */
    void forbid(boolean wanted) {
        if (wanted != forbidden) {
            socket.flush();
            set(wanted ? PMTUDISC_DO : PMTUDISC_DONT);
            forbidden = wanted;
        }
    }

    private void set(int value) {
        if (socket instanceof UnixChannel) {
            socket.config().setOption(option, value);
        }
    }
}

package org.pinhole.turn.relay;

import com.sun.jna.Memory;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannel;
import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ICMP errors that Linux keeps for a UDP socket, each with the peer that it is about (ip(7), {@code IP_RECVERR}). An error
 * that is waiting makes the next read or write of the socket fail, whoever that is for: so whoever sees such a failure drains
 * the queue, or the kernel goes on signalling. On the socket's event loop only.
 */
final class ErrorQueue {
    /** {@code IPPROTO_IP, IP_RECVERR} and {@code IPPROTO_IPV6, IPV6_RECVERR} of Linux. */
    private static final ChannelOption<Integer> IPV4 = new IntegerUnixChannelOption("IP_RECVERR", 0, 11);

    private static final ChannelOption<Integer> IPV6 = new IntegerUnixChannelOption("IPV6_RECVERR", 41, 25);

    /** What is left after so many is signalled again. */
    private static final int MAX_AT_ONCE = 64;

    /** {@code struct msghdr} of 64 bits, then the room for its name and its control messages. */
    private static final int CONTROL_LENGTH = 40;

    private static final int NAME = 56;
    private static final int NAME_BYTES = 32;
    private static final int CONTROL = NAME + NAME_BYTES;
    private static final int CONTROL_BYTES = 256;

    private final UnixChannel socket;
    private final LibC libC;
    private @Nullable Memory message;

    private ErrorQueue(UnixChannel socket, LibC libC) {
        this.socket = socket;
        this.libC = libC;
    }

    /** Turns the queue on for a bound socket; null where it cannot be read. */
    static @Nullable ErrorQueue of(DatagramChannel socket) {
        LibC libC = socket instanceof UnixChannel ? LibC.find() : null;
        if (libC == null) {
            return null;
        }
        boolean ipv6 = socket.localAddress().getAddress() instanceof Inet6Address;
        socket.config().setOption(ipv6 ? IPV6 : IPV4, 1);
        return new ErrorQueue((UnixChannel) socket, libC);
    }

    /** Hands on what is there; whether that was anything. */
    boolean drain(Consumer<IcmpError> to) {
        boolean any = false;
        for (int i = 0; i < MAX_AT_ONCE && socket.fd().isOpen(); i++) {
            Memory header = header();
            if (libC.recvmsg(socket.fd().intValue(), header, LibC.MSG_ERRQUEUE) < 0) {
                break;
            }
            IcmpError error = IcmpError.parse(part(header, NAME, header.getInt(8)), control(header));
            if (error != null) {
                any = true;
                to.accept(error);
            }
        }
        return any;
    }

    /** Only sockets that ever met an error have one. The datagram itself is not asked for: no {@code iovec}. */
    private Memory header() {
        Memory header = message == null ? new Memory(CONTROL + CONTROL_BYTES) : message;
        message = header;
        header.clear();
        header.setPointer(0, header.share(NAME));
        header.setInt(8, NAME_BYTES);
        header.setPointer(32, header.share(CONTROL));
        header.setLong(CONTROL_LENGTH, CONTROL_BYTES);
        return header;
    }

    private static ByteBuffer control(Memory header) {
        return part(header, CONTROL, header.getLong(CONTROL_LENGTH));
    }

    private static ByteBuffer part(Memory header, int at, long length) {
        return header.getByteBuffer(at, length);
    }
}

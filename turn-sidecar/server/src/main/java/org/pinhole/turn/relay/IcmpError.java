package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Icmp;

/** An ICMP error that the network sent back, and the peer whose datagram it is about. */
record IcmpError(InetSocketAddress peer, Icmp icmp) {
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOL_IP = 0;
    private static final int IP_RECVERR = 11;
    private static final int SOL_IPV6 = 41;
    private static final int IPV6_RECVERR = 25;
    private static final int CMSG_HEADER_BYTES = 16;
    private static final int EXTENDED_ERROR_BYTES = 16;
    private static final int ORIGIN_ICMP = 2;
    private static final int ORIGIN_ICMP6 = 3;

    /**
     * Reads what Linux writes on a 64-bit machine, both in the machine's byte order.
     *
     * @param name the {@code sockaddr} that the datagram was sent to
     * @param control the control messages, of which one is a {@code sock_extended_err}
     * @return null for what is no ICMP error of a kind that clients are told of (RFC 8656 §11.5)
     */
    static @Nullable IcmpError parse(ByteBuffer name, ByteBuffer control) {
        InetSocketAddress peer = address(name);
        int at = control.position();
        while (peer != null && control.limit() - at >= CMSG_HEADER_BYTES + EXTENDED_ERROR_BYTES) {
            long length = control.getLong(at);
            if (isError(control.getInt(at + 8), control.getInt(at + 12))) {
                Icmp icmp = icmp(control, at + CMSG_HEADER_BYTES);
                return icmp == null ? null : new IcmpError(peer, icmp);
            }
            if (length < CMSG_HEADER_BYTES || length > control.limit() - at) {
                return null;
            }
            at += (int) (length + 7 & ~7L);
        }
        return null;
    }

    private static boolean isError(int level, int type) {
        return (level == SOL_IP && type == IP_RECVERR) || (level == SOL_IPV6 && type == IPV6_RECVERR);
    }

    /** {@code struct sock_extended_err}: errno, origin, type, code, padding, info, data. */
    private static @Nullable Icmp icmp(ByteBuffer control, int at) {
        int origin = control.get(at + 4);
        int kind = control.get(at + 5) & 0xFF;
        int code = control.get(at + 6) & 0xFF;
        int mtu = control.getInt(at + 8);
        if (origin == ORIGIN_ICMP && (kind == 3 || kind == 11)) {
            return new Icmp(kind, code, kind == 3 && code == 4 ? mtu : 0);
        }
        if (origin == ORIGIN_ICMP6 && kind >= 1 && kind <= 3) {
            return new Icmp(kind, code, kind == 2 ? mtu : 0);
        }
        return null;
    }

    private static @Nullable InetSocketAddress address(ByteBuffer name) {
        int family = name.remaining() < 8 ? 0 : name.getShort(name.position());
        if (family == AF_INET) {
            return address(name, 4, 4);
        }
        return family == AF_INET6 && name.remaining() >= 24 ? address(name, 8, 16) : null;
    }

    private static InetSocketAddress address(ByteBuffer name, int at, int length) {
        byte[] bytes = new byte[length];
        name.get(name.position() + at, bytes);
        int port = (name.get(name.position() + 2) & 0xFF) << 8 | (name.get(name.position() + 3) & 0xFF);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new AssertionError("four or sixteen bytes are always an address", e);
        }
    }
}

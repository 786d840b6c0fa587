package org.pinhole.turn.relay;

import io.netty.channel.unix.Errors;
import java.net.Inet6Address;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Icmp;

/**
 * What an error of a socket says in ICMP's words (RFC 8656 §11.5). Linux made the error of an ICMP message, or refused to
 * send for the reason that one would give; either way back is its table in reverse (RFC 792, RFC 4443).
 */
final class SocketErrors {
    private static final int EMSGSIZE = -90;

    private SocketErrors() {}

    /** The ICMP message for a failed datagram to that peer, or null when the failure is not about the peer. */
    static @Nullable Icmp icmp(InetAddress peer, Throwable cause) {
        if (!(cause instanceof Errors.NativeIoException error)) {
            return null;
        }
        int errno = error.expectedErr();
        return peer instanceof Inet6Address ? ipv6(errno) : ipv4(errno);
    }

    private static @Nullable Icmp ipv4(int errno) {
        if (errno == Errors.ERROR_ENETUNREACH_NEGATIVE) {
            return new Icmp(3, 0, 0);
        }
        if (errno == Errors.ERROR_EHOSTUNREACH_NEGATIVE) {
            return new Icmp(3, 1, 0);
        }
        if (errno == Errors.ERROR_ECONNREFUSED_NEGATIVE) {
            return new Icmp(3, 3, 0);
        }
        return errno == EMSGSIZE ? new Icmp(3, 4, 0) : null;
    }

    private static @Nullable Icmp ipv6(int errno) {
        if (errno == Errors.ERROR_ENETUNREACH_NEGATIVE) {
            return new Icmp(1, 0, 0);
        }
        if (errno == Errors.ERROR_EHOSTUNREACH_NEGATIVE) {
            return new Icmp(1, 3, 0);
        }
        if (errno == Errors.ERROR_ECONNREFUSED_NEGATIVE) {
            return new Icmp(1, 4, 0);
        }
        return errno == EMSGSIZE ? new Icmp(2, 0, 0) : null;
    }
}

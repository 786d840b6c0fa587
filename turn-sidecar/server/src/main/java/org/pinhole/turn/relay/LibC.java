package org.pinhole.turn.relay;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** The one system call that neither the JDK nor Netty can make: reading the error queue of a socket (recvmsg(2)). */
interface LibC extends Library {
    /** {@code MSG_ERRQUEUE} of Linux; never waits. */
    int MSG_ERRQUEUE = 0x2000;

    /** Fills a {@code struct msghdr}; negative when there is nothing. */
    int recvmsg(int socket, Pointer message, int flags);

    /** The C library, or null where it cannot be called or its structures are laid out in another way. */
    static @Nullable LibC find() {
        return Holder.LIBRARY;
    }

    /** Loaded when it is first asked for. */
    final class Holder {
        private static final @Nullable LibC LIBRARY = load();

        private Holder() {}

        private static @Nullable LibC load() {
            try {
                return Platform.isLinux() && Native.POINTER_SIZE == Long.BYTES ? Native.load("c", LibC.class) : null;
            } catch (LinkageError e) {
                LoggerFactory.getLogger(LibC.class)
                        .warn("ICMP errors cannot be read here, clients are not told of them: {}", e.toString());
                return null;
            }
        }
    }
}

package org.pinhole.suite.bed;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/** A TCP port of loopback that nobody holds at this moment. */
final class LoopbackPort {
    private LoopbackPort() {}

    /**
     * Whether there is an IPv6 loopback address, which some containers do not have. The kernel is asked, since the tests' own
     * JVM speaks IPv4 alone.
     */
    static boolean hasIpv6() {
        try {
            return Files.readString(Path.of("/proc/net/if_inet6")).contains("00000000000000000000000000000001 ");
        } catch (IOException none) {
            return false;
        }
    }

    /** This one of an address if it is free and this user may have it, else any. */
    static int orFree(int port, String address) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(address))) {
            return probe.getLocalPort();
        } catch (BindException notForThisUser) {
            return free();
        }
    }

    static int free() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}

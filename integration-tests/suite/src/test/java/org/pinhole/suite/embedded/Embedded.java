package org.pinhole.suite.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;

/** Where the embedded container is; the build chose its ports. */
final class Embedded {
    static final int SIP_PORT = Integer.getInteger("embedded.sip.port", 0);

    private Embedded() {}

    /** The authority that a connector without a certificate makes on its first start. */
    static Path caFile() {
        return Path.of(System.getProperty("catalina.base"), "conf", "pinhole", "ca.pem");
    }

    /** A port that was free a moment ago. Deployments are described before they are made, so it must be known early. */
    static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }

    static boolean listens(int port) throws IOException {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }
}

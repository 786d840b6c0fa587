package org.pinhole.suite.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The loopback ports of a container.
 *
 * @param http the web connector
 * @param sip the stock SIP connectors, UDP and TCP
 */
public record ContainerPorts(int http, int sip) {
    private static final int TRIES = 50;

    /** Ports that nobody holds at this moment. */
    public static ContainerPorts free() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        for (int tries = 0; tries < TRIES; tries++) {
            try (ServerSocket http = new ServerSocket(0, 1, loopback);
                    ServerSocket sip = new ServerSocket(0, 1, loopback);
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(loopback, sip.getLocalPort()))) {
                return new ContainerPorts(http.getLocalPort(), udp.getLocalPort());
            } catch (IOException udpPortTaken) {
                // the next try gets another number
            }
        }
        throw new UncheckedIOException(new IOException("no free port pair on loopback after " + TRIES + " tries"));
    }
}

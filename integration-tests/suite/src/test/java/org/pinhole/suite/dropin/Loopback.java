package org.pinhole.suite.dropin;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import org.pinhole.suite.embedded.PhoneAuthority;

/** Addresses that a connector may be given. */
final class Loopback {
    private Loopback() {}

    /** A port that nobody held a moment ago. */
    static InetSocketAddress free() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new InetSocketAddress(InetAddress.getLoopbackAddress(), probe.getLocalPort());
        }
    }

    /** A port at an address that nobody else uses, so that a well-known one is not in anybody's way. */
    static InetSocketAddress ofItsOwn(int port) throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 43}), port);
    }

    static ServerSocket hold(InetSocketAddress address) throws IOException {
        ServerSocket holder = new ServerSocket();
        holder.bind(address);
        return holder;
    }

    static boolean listens(InetSocketAddress address) throws IOException {
        try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
            return probe.isConnected();
        } catch (ConnectException refused) {
            return false;
        }
    }

    /** A phone's connection from another address of this machine. */
    static SSLSocket tlsFrom(String own, InetSocketAddress connector, Path caFile)
            throws IOException, GeneralSecurityException {
        Socket plain = new Socket();
        plain.bind(new InetSocketAddress(own, 0));
        plain.connect(connector);
        return (SSLSocket) new PhoneAuthority("the edge's own")
                .context("edge", caFile)
                .getSocketFactory()
                .createSocket(plain, connector.getHostString(), connector.getPort(), true);
    }

    static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}

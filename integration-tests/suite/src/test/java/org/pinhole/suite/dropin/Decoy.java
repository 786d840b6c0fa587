package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;

/** Where a phone says that it can be reached, in Contact and Via, and where nobody may ever call: behind a firewall, a stranger's. */
final class Decoy implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1_000;

    private final ServerSocket listener;

    private Decoy(ServerSocket listener) {
        this.listener = listener;
    }

    static Decoy listen() throws IOException {
        return where(0);
    }

    /** At a port that a phone had and has left: where a connection for what is still to be said to it would come. */
    static Decoy where(int port) throws IOException {
        ServerSocket listener = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
        listener.setSoTimeout(PATIENCE_MILLIS);
        return new Decoy(listener);
    }

    /** Its address as URIs have it. */
    String authority() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    /** Since it listens, nobody has begun a connection to it; looked at for a second. */
    void wasNeverDialled() {
        assertThatThrownBy(listener::accept).isInstanceOf(SocketTimeoutException.class);
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}

package org.pinhole.ue.doubles;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A test double: a server that is not there. Its port on loopback is bound, so that it is nobody else's, and refuses. */
public final class Deaf implements AutoCloseable {
    private final Socket bound = new Socket();

    public Deaf() throws IOException {
        bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int port() {
        return bound.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        bound.close();
    }
}

package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private final AtomicInteger closed = new AtomicInteger();
    private final Connections connections = new Connections(new SilentBase(), null);

    /** One whose far end says nothing. */
    private FramedConnection silent() throws IOException {
        PipedInputStream in = new PipedInputStream(new PipedOutputStream());
        return new FramedConnection(in, OutputStream.nullOutputStream(), closed::incrementAndGet);
    }

    @Test
    void strangersThatConnectAndSayNothingAreNotTakenWithoutEnd() throws IOException {
        for (int port = 1; port <= Connections.MAX_OPEN; port++) {
            connections.add(IceNetwork.address("192.0.2.9:" + port), silent());
        }
        assertThat(closed).hasValue(0);

        connections.add(IceNetwork.address("192.0.2.10:1"), silent());

        assertThat(closed).hasValue(1);
        connections.close();
    }
}

package org.pinhole.suite.dropin;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.Skip;

/** Kamailio on the loopback address, as the serving proxy of an IMS core that asks for passwords. */
final class ImsKamailio implements AutoCloseable {
    private static final Path CONFIGURATION =
            Path.of("src/test/testbed/kamailio-ims.cfg").toAbsolutePath();
    private static final Duration SOON = Duration.ofSeconds(20);

    private final int port;
    private final Foreign process;

    private ImsKamailio(int port, Foreign process) {
        this.port = port;
        this.process = process;
    }

    static ImsKamailio start(Path folder) throws Exception {
        int port = freeUdpPort();
        Path configuration = folder.resolve("kamailio.cfg");
        Files.writeString(configuration, Files.readString(CONFIGURATION).replace("@PORT@", String.valueOf(port)));
        try (Foreign check = Foreign.start(folder, "check", "kamailio", "-c", "-f", configuration.toString())) {
            if (check.await(SOON) != 0) {
                Skip.because("kamailio cannot run with its outbound module: " + check.output());
            }
        }
        Foreign process = Foreign.start(
                folder,
                "kamailio",
                "kamailio -DD -E -m 64 -M 8 -f %s -Y %s -w %2$s"
                        .formatted(configuration, folder)
                        .split(" ", -1));
        return new ImsKamailio(port, process);
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Its host and port. */
    String host() {
        return "127.0.0.1:" + port;
    }

    /** The requests that have come to it so far, a line each. */
    String trace() throws IOException {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}

package org.pinhole.suite.dropin;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.Skip;

/** Kamailio on the loopback address, a registrar that knows Path and outbound. */
final class Kamailio implements AutoCloseable {
    private static final Path CONFIGURATION =
            Path.of("src/test/testbed/kamailio.cfg").toAbsolutePath();

    private static final Duration SOON = Duration.ofSeconds(20);

    private final int port;
    private final Foreign process;

    private Kamailio(int port, Foreign process) {
        this.port = port;
        this.process = process;
    }

    static Kamailio start(Path folder) throws IOException {
        int port = freeUdpPort();
        Path configuration = folder.resolve("kamailio.cfg");
        Files.writeString(
                configuration,
                Files.readString(CONFIGURATION)
                        .replace("@PORT@", String.valueOf(port))
                        .replace("@RUN@", folder.toString()));
        requireModules(folder, configuration);
        Foreign process = Foreign.start(
                folder,
                "kamailio",
                "kamailio -DD -E -m 64 -M 8 -f %s -Y %s -w %2$s"
                        .formatted(configuration, folder)
                        .split(" ", -1));
        return new Kamailio(port, process);
    }

    /** Outbound is a package of its own. */
    private static void requireModules(Path folder, Path configuration) throws IOException {
        try (Foreign check = Foreign.start(folder, "check", "kamailio", "-c", "-f", configuration.toString())) {
            if (check.await(SOON) != 0) {
                Skip.because("kamailio cannot run with its outbound module: " + check.output());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** As {@code pinhole.next-hop} has it. */
    String uri() {
        return "sip:127.0.0.1:" + port + ";transport=udp";
    }

    /** What it has said so far: each request as it came, and what it thought of it. */
    String trace() throws IOException {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}

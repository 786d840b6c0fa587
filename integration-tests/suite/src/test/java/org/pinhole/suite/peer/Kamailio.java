package org.pinhole.suite.peer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Kamailio on the loopback address, a registrar that knows Path and outbound. */
public final class Kamailio implements AutoCloseable {
    private static final Path CONFIGURATION =
            Path.of("src/test/testbed/kamailio.cfg").toAbsolutePath();

    private static final Duration SOON = Duration.ofSeconds(20);

    private final int port;
    private final Foreign process;

    private Kamailio(int port, Foreign process) {
        this.port = port;
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param folder its own, where its log stays
     * @param launcher what is put before the command
     */
    public static Kamailio start(Path folder, List<String> launcher) throws IOException {
        int port = freeUdpPort();
        Path configuration = folder.resolve("kamailio.cfg");
        Files.writeString(
                configuration,
                Files.readString(CONFIGURATION)
                        .replace("@PORT@", String.valueOf(port))
                        .replace("@RUN@", folder.toString()));
        requireModules(folder, configuration);
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of("kamailio -DD -E -m 64 -M 8 -f %s -Y %s -w %2$s"
                .formatted(configuration, folder)
                .split(" ", -1)));
        return new Kamailio(port, Foreign.start(folder, "kamailio", command.toArray(String[]::new)));
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
    public String uri() {
        return "sip:127.0.0.1:" + port + ";transport=udp";
    }

    /** What it has said so far: each request as it came, and what it thought of it. */
    public String trace() throws IOException {
        return process.output();
    }

    @Override
    public void close() {
        process.close();
    }
}

package org.pinhole.bench.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Kamailio with its TLS module, as Debian packages them (kamailio, kamailio-tls-modules). */
public final class Kamailio implements Contestant {
    private static final int PORT = 24446;
    private static final Path PROGRAM = Path.of("/usr/sbin/kamailio");
    private static final int TRIES = 100;
    private static final int STEP_MILLIS = 100;

    private final Process process;

    private Kamailio(Process process) {
        this.process = process;
    }

    /** Starts it, or answers null when it is not installed. */
    public static @Nullable Kamailio start(Path work, ServerKey key) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            return null;
        }
        Files.createDirectories(work);
        Path configuration = work.resolve("kamailio.cfg");
        Files.writeString(
                configuration,
                template()
                        .replace("@PORT@", Integer.toString(PORT))
                        .replace("@MODULES@", modules().toString())
                        .replace(
                                "@CERTIFICATE@",
                                key.certificate().toAbsolutePath().toString())
                        .replace("@KEY@", key.key().toAbsolutePath().toString()));
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-DD",
                        "-E",
                        "-m",
                        "512",
                        "-f",
                        configuration.toString(),
                        "-Y",
                        work.toString())
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("kamailio.log").toFile())
                .start();
        Kamailio started = new Kamailio(process);
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        started.awaitListening();
        return started;
    }

    private static String template() throws IOException {
        try (InputStream in = Kamailio.class.getResourceAsStream("kamailio.cfg")) {
            return new String(Objects.requireNonNull(in, "kamailio.cfg").readAllBytes(), UTF_8);
        }
    }

    /** Debian has them in a folder that is named after the machine's architecture. */
    private static Path modules() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path folder : folders) {
                Path modules = folder.resolve("kamailio/modules");
                if (Files.exists(modules.resolve("tls.so"))) {
                    return modules;
                }
            }
        }
        throw new IOException("no tls.so of Kamailio under /usr/lib; install kamailio-tls-modules");
    }

    private void awaitListening() throws IOException, InterruptedException {
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
                if (probe.isConnected()) {
                    return;
                }
            } catch (java.net.ConnectException notYet) {
                Thread.sleep(STEP_MILLIS);
            }
        }
        close();
        throw new IOException("Kamailio does not listen; see kamailio.log beside its configuration");
    }

    @Override
    public String name() {
        return "Kamailio";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT);
    }

    @Override
    public boolean answersFirstPing() {
        return true;
    }

    @Override
    public ProcessFigures figures() {
        return new ProcessFigures(process.pid());
    }

    @Override
    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package org.pinhole.suite.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.pinhole.suite.container.Jdk;

/** {@code bin/pinhole turn} as a child process, started as an operator would; the script becomes the JVM by exec. */
public final class TurnSidecar implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);
    private static final long STEP_MILLIS = 100;
    private static final long STOP_SECONDS = 10;
    private static final String LISTENS = "pinhole turn listens on ";

    private final Process process;
    private final Path log;

    private TurnSidecar(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts it and returns when it listens; what it prints goes to {@code log}. */
    public static TurnSidecar start(Path pinholeHome, List<String> options, Path log) throws IOException {
        return start(pinholeHome, options, log, List.of());
    }

    /** The same behind a command that becomes the one it is given, such as {@code ip netns exec NAME}. */
    public static TurnSidecar start(Path pinholeHome, List<String> options, Path log, List<String> launcher)
            throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.add(pinholeHome.resolve("bin/pinhole").toString());
        command.add("turn");
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
        TurnSidecar sidecar = new TurnSidecar(builder.start(), log);
        try {
            sidecar.awaitListening();
            return sidecar;
        } catch (IOException | RuntimeException e) {
            sidecar.close();
            throw e;
        }
    }

    private void awaitListening() throws IOException {
        for (long step = 0; step < START_DEADLINE.toMillis() / STEP_MILLIS; step++) {
            if (endedWithin(STEP_MILLIS)) {
                throw new IOException(
                        "bin/pinhole turn ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            if (!listening().isEmpty()) {
                return;
            }
        }
        throw new IOException(
                "bin/pinhole turn did not listen within " + START_DEADLINE.toSeconds() + " s; see " + log);
    }

    /** The line with which it says what it listens on and with what; empty before it does. */
    public String listening() throws IOException {
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith(LISTENS))
                .map(line -> line.substring(LISTENS.length()))
                .findFirst()
                .orElse("");
    }

    /** All that it has printed and logged. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    public long pid() {
        return process.pid();
    }

    /** SIGKILL, as a machine out of memory does it. */
    public void kill() throws IOException {
        process.destroyForcibly();
        if (!endedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
            throw new IOException("process " + pid() + " is still there " + STOP_SECONDS + " s after SIGKILL");
        }
    }

    /** SIGTERM, and SIGKILL if that is not enough. */
    @Override
    public void close() {
        process.destroy();
        if (!endedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS))) {
            process.destroyForcibly();
            endedWithin(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        }
    }

    private boolean endedWithin(long millis) {
        try {
            return process.waitFor(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
            return true;
        }
    }
}

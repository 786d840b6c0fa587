package org.pinhole.suite.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** {@code bin/catalina.sh run} as a child process; the script becomes the JVM by exec, so the process id is the JVM's. */
final class ContainerProcess {
    private static final List<String> INHERITED_SETTINGS = List.of(
            "CATALINA_HOME",
            "CATALINA_BASE",
            "CATALINA_OPTS",
            "JAVA_OPTS",
            "JRE_HOME",
            "JDK_JAVA_OPTIONS",
            "JAVA_ENDORSED_DIRS",
            "CLASSPATH");
    private static final long STEP_MILLIS = 200;
    private static final long STEPS_PER_PROGRESS_LINE = 25;
    private static final long STOP_SECONDS = 20;
    private static final int TAIL_LINES = 15;

    private final Process process;
    private final Path log;

    private ContainerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static ContainerProcess start(Path home, Path log, Jdk jdk, List<String> launcher) throws IOException {
        List<String> command = new ArrayList<>(launcher);
        command.addAll(List.of(home.resolve("bin/catalina.sh").toString(), "run"));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        INHERITED_SETTINGS.forEach(environment::remove);
        environment.put("JAVA_HOME", jdk.home().toString());
        environment.putAll(StockSettings.of(home, jdk));
        Files.createDirectories(log.resolveSibling("."));
        builder.directory(home.toFile());
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        return new ContainerProcess(builder.start(), log);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for Tomcat's last start-up line; a process that ends or takes too long is reported with the end of its log. */
    void awaitReady(Duration deadline, Consumer<String> progress) throws IOException {
        long steps = deadline.toMillis() / STEP_MILLIS;
        for (long step = 1; step <= steps; step++) {
            if (endedWithin(STEP_MILLIS)) {
                throw new IOException(
                        "the container ended with " + process.exitValue() + " while starting:\n" + tail());
            }
            if (Files.readString(log, ISO_8859_1).contains("Server startup in ")) {
                return;
            }
            if (step % STEPS_PER_PROGRESS_LINE == 0) {
                progress.accept("container: still starting after " + step * STEP_MILLIS / 1000 + " s");
            }
        }
        String seen = tail();
        stop();
        throw new IOException("the container was not up after " + deadline.toSeconds() + " s:\n" + seen);
    }

    void awaitEnd() throws InterruptedException {
        process.waitFor();
    }

    void stop() {
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

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log, ISO_8859_1);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}

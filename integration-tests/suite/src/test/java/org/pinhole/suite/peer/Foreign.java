package org.pinhole.suite.peer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A foreign program as a child process: no input, its output in a file, ended with the test. */
public final class Foreign implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final List<Path> OUTPUTS = new CopyOnWriteArrayList<>();

    private final List<String> command;
    private final Path output;
    private final Process process;

    private Foreign(List<String> command, Path output, Process process) {
        this.command = command;
        this.output = output;
        this.process = process;
    }

    /** Starts {@code command} in {@code folder}; what it prints goes to NAME.out there. */
    public static Foreign start(Path folder, String name, String... command) throws IOException {
        Path output = folder.resolve(name + ".out");
        OUTPUTS.add(output);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        return new Foreign(List.of(command), output, builder.start());
    }

    /** Where those have said what they had to say that were started since {@link #forgetOutputs}. */
    static List<Path> outputs() {
        return List.copyOf(OUTPUTS);
    }

    /** What was started before is of no interest any more. */
    static void forgetOutputs() {
        OUTPUTS.clear();
    }

    /** Waits for its end and returns the exit code; one that takes longer is ended, and that is an error. */
    public int await(Duration deadline) throws IOException, InterruptedException {
        if (!process.waitFor(deadline.toSeconds(), TimeUnit.SECONDS)) {
            close();
            throw new IOException(command.get(0) + " ran longer than " + deadline.toSeconds() + " s:\n" + output());
        }
        return process.exitValue();
    }

    /** Waits for success; anything else is an error that shows what it printed. */
    public void awaitSuccess(Duration deadline) throws IOException, InterruptedException {
        int code = await(deadline);
        if (code != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + code + ":\n" + output());
        }
    }

    /** Asks it to end (SIGTERM) and returns the exit code. */
    public int end(Duration deadline) throws IOException, InterruptedException {
        process.destroy();
        return await(deadline);
    }

    /** All it has printed so far. */
    public String output() throws IOException {
        return new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
    }

    /** Ends it and what it started. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

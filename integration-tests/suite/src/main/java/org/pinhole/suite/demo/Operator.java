package org.pinhole.suite.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pinhole.suite.container.Jdk;

/** Does with the unpacked distribution what an operator does: runs bin/pinhole and edits conf/pinhole.properties. */
public final class Operator {
    private final Path pinhole;
    private final Path container;

    /** With the unpacked distribution, at a container's home. */
    public Operator(Path pinhole, Path container) {
        this.pinhole = pinhole;
        this.container = container;
    }

    /** {@code bin/pinhole install}; answers what it said. */
    public List<String> install() throws IOException {
        return run("", "install", container.toString());
    }

    /** {@code bin/pinhole uninstall}, with what is worth keeping in {@code savedSettings}; answers what it said. */
    public List<String> uninstall(Path savedSettings) throws IOException {
        return run("", "uninstall", container.toString(), "--save", savedSettings.toString());
    }

    /** {@code bin/pinhole user add}; the password goes in by standard input. */
    public void addUser(String name, String password) throws IOException {
        run(password + "\n", "user", "add", "--container", container.toString(), "--password-stdin", name);
    }

    /** {@code bin/pinhole drain} with these options; answers what it said. */
    public List<String> drain(String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("drain", container.toString()));
        arguments.addAll(List.of(options));
        return run("", arguments.toArray(String[]::new));
    }

    /** {@code bin/pinhole status}; answers what it said. */
    public List<String> status() throws IOException {
        return run("", "status", container.toString());
    }

    /** {@code bin/pinhole ue} with these arguments; answers what it said. */
    public List<String> ue(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ue"));
        command.addAll(List.of(arguments));
        return run("", command.toArray(String[]::new));
    }

    /** Takes the comment sign from these settings and gives them a value. */
    public void set(Map<String, String> settings) throws IOException {
        Path file = container.resolve("conf/pinhole.properties");
        String text = Files.readString(file);
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            Matcher line = Pattern.compile("^#?" + Pattern.quote(setting.getKey()) + "=.*$", Pattern.MULTILINE)
                    .matcher(text);
            if (!line.find()) {
                throw new IOException(file + ": the template has no line for " + setting.getKey());
            }
            text = line.replaceFirst(Matcher.quoteReplacement(setting.getKey() + "=" + setting.getValue()));
        }
        Files.writeString(file, text);
    }

    private List<String> run(String standardInput, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(pinhole.resolve("bin/pinhole").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", Jdk.running().home().toString());
        Process process = builder.start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(standardInput.getBytes(UTF_8));
        }
        List<String> said = new String(process.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        if (exitCode(process) != 0) {
            throw new IOException("bin/pinhole " + arguments[0] + " ended with " + process.exitValue() + ": "
                    + String.join(" / ", said));
        }
        return said;
    }

    private static int exitCode(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("interrupted", interrupted);
        }
    }
}

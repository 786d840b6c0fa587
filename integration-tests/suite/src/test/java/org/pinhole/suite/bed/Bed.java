package org.pinhole.suite.bed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.Skip;

/** The test bed while it stands: netbed.sh's five network namespaces and its firewall, of a name of their own. */
final class Bed implements AutoCloseable {
    static final String EDGE = "203.0.113.10";
    static final String TURN = "203.0.113.11";
    static final String PROXY = "192.0.2.130";

    private static final Path SCRIPTS = Path.of("src/test/testbed").toAbsolutePath();
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int CANNOT_RUN_HERE = 77;

    private final String prefix = "pinhole" + ProcessHandle.current().pid();
    private final Path folder;
    private final Thread lastResort = new Thread(this::removeQuietly, "remove the test bed");
    private int calls;

    private Bed(Path folder) {
        this.folder = folder;
    }

    /** Builds it with everything open; where it cannot stand the test is skipped with netbed.sh's reason. */
    static Bed up(Path folder) throws IOException, InterruptedException {
        Bed bed = new Bed(folder);
        try (Foreign check = bed.netbed("check")) {
            int code = check.await(DEADLINE);
            if (code == CANNOT_RUN_HERE) {
                Skip.because(check.output().strip());
            }
        }
        Runtime.getRuntime().addShutdownHook(bed.lastResort);
        bed.run("up", "open");
        return bed;
    }

    /** Swaps the rules for ue and proxy: open, web, idle or proxy, and after how many seconds what is idle is forgotten. */
    void variant(String... name) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("variant"));
        arguments.addAll(List.of(name));
        run(arguments.toArray(String[]::new));
    }

    /** One more host inside, behind rules of its own; for one that is there the rules are swapped. */
    void guest(String name, String... variant) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("guest", name));
        arguments.addAll(List.of(variant));
        run(arguments.toArray(String[]::new));
    }

    /** How many packets the firewall has dropped since its variant was set. */
    long drops() throws IOException, InterruptedException {
        return Long.parseLong(run("drops").strip());
    }

    /** Starts a command in a namespace. */
    Foreign start(String namespace, String name, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(launcher(namespace));
        whole.addAll(command);
        return Foreign.start(folder, name, whole.toArray(String[]::new));
    }

    /** What, put before a command, makes it run in that namespace under the same process id. */
    List<String> launcher(String namespace) {
        return List.of("ip", "netns", "exec", prefix + "-" + namespace);
    }

    static Path script(String name) {
        return SCRIPTS.resolve(name);
    }

    /** What the demo runs with: only what is shipped or built, nothing of the tests. */
    static String classPath() throws IOException {
        Path target = Path.of("target").toAbsolutePath();
        return target.resolve("classes")
                + File.pathSeparator
                + Files.readString(target.resolve("demo.classpath")).strip();
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        try (Foreign netbed = netbed(arguments)) {
            netbed.awaitSuccess(DEADLINE);
            return netbed.output();
        }
    }

    private Foreign netbed(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("env", "NETBED_PREFIX=" + prefix, script("netbed.sh").toString()));
        command.addAll(List.of(arguments));
        return Foreign.start(folder, "netbed-" + calls++, command.toArray(String[]::new));
    }

    private void down() throws IOException {
        try {
            run("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void removeQuietly() {
        try {
            down();
        } catch (IOException e) {
            System.err.println(e.getMessage());
        }
    }

    @Override
    public void close() throws IOException {
        down();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}

package org.pinhole.suite.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A SIP servlet container of its own in its own process, assembled from published parts and handled as an operator handles
 * it: files in {@code webapps/}, settings in {@code bin/setenv.sh}, {@code bin/catalina.sh run}. Loopback only.
 */
public final class StandaloneContainer implements AutoCloseable {
    private final Path home;
    private final ContainerPorts ports;
    private final Consumer<String> progress;
    private volatile @Nullable ContainerProcess process; // a shutdown hook stops it, too

    private StandaloneContainer(Path home, ContainerPorts ports, Consumer<String> progress) {
        this.home = home;
        this.ports = ports;
        this.progress = progress;
    }

    /** Assembles a container in {@code home}, which is emptied first. */
    public static StandaloneContainer assemble(
            ContainerParts parts, ContainerPorts ports, Path home, Consumer<String> progress) throws IOException {
        new ContainerAssembly(parts, ports).into(home.toAbsolutePath());
        return new StandaloneContainer(home.toAbsolutePath(), ports, progress);
    }

    /** CATALINA_HOME. */
    public Path home() {
        return home;
    }

    /** The ports of the stock connectors. */
    public ContainerPorts ports() {
        return ports;
    }

    /** Where the process writes what an operator would look at first. */
    public Path log() {
        return home.resolve("logs/catalina.out");
    }

    /** Puts a WAR into webapps/; a running container deploys it by itself. */
    public void deploy(Path war, String name) throws IOException {
        Path webapps = home.resolve("webapps");
        Path whole = Files.copy(war, home.resolve("temp").resolve(name), StandardCopyOption.REPLACE_EXISTING);
        Files.move(whole, webapps.resolve(name + ".war"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts on this Java and returns when the container says that it is up. */
    public void start(Jdk jdk, Duration deadline) throws IOException {
        start(jdk, deadline, List.of());
    }

    /** The same behind a command that becomes the one it is given, such as {@code ip netns exec NAME}. */
    public void start(Jdk jdk, Duration deadline, List<String> launcher) throws IOException {
        if (isRunning()) {
            throw new IllegalStateException("the container runs already as process " + pid());
        }
        ContainerProcess started = ContainerProcess.start(home, log(), jdk, launcher);
        process = started;
        started.awaitReady(deadline, progress);
    }

    /** The process id of the running container. */
    public long pid() {
        return running().pid();
    }

    /** Whether the process lives. */
    public boolean isRunning() {
        ContainerProcess current = process;
        return current != null && current.isAlive();
    }

    /** Returns when the process has ended, whoever ended it. */
    public void awaitEnd() throws InterruptedException {
        running().awaitEnd();
    }

    /** Ends the process as an operator's service manager does: SIGTERM, and SIGKILL if that is not enough. */
    public void stop() {
        ContainerProcess ending = process;
        if (ending != null) {
            ending.stop();
            process = null;
        }
    }

    @Override
    public void close() {
        stop();
    }

    private ContainerProcess running() {
        ContainerProcess current = process;
        if (current == null) {
            throw new UncheckedIOException(new IOException("the container at " + home + " is not running"));
        }
        return current;
    }
}

package org.pinhole.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.container.Trees;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.Operator;

/** A SIP servlet container that runs, with one connector for TLS that is measured. */
public final class SipContainer implements Contestant {
    private static final Duration START = Duration.ofMinutes(2);

    private final String name;
    private final InetSocketAddress address;
    private final boolean answersFirstPing;
    private final StandaloneContainer container;

    private SipContainer(
            String name, InetSocketAddress address, boolean answersFirstPing, StandaloneContainer container) {
        this.name = name;
        this.address = address;
        this.answersFirstPing = answersFirstPing;
        this.container = container;
    }

    /** Starts one that is set up; it ends with this process, also when that is interrupted. */
    static SipContainer start(
            StandaloneContainer container, String name, InetSocketAddress address, boolean answersFirstPing)
            throws IOException {
        SipContainer contestant = new SipContainer(name, address, answersFirstPing, container);
        Runtime.getRuntime().addShutdownHook(new Thread(container::close));
        container.start(Jdk.running(), START);
        contestant.requireConnector();
        return contestant;
    }

    /** As an operator does, by way of a distribution unpacked there. */
    static void installPinhole(Path zip, Path distribution, Path home) throws IOException {
        Trees.delete(distribution);
        Unzip.withoutTopFolder(zip, distribution);
        new Operator(distribution, home).install();
    }

    /** A container goes on without a connector whose port is taken; a load would go to whoever has it. */
    private void requireConnector() throws IOException {
        List<String> complaints = new ArrayList<>(logLines("already in use"));
        if (!complaints.isEmpty()) {
            container.close();
            throw new IOException(name + " has no connector: " + complaints.get(0));
        }
    }

    /** Lines of all its logs that contain a text. */
    public List<String> logLines(String text) {
        return new ContainerFolder(container.home()).logLines(text);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public boolean answersFirstPing() {
        return answersFirstPing;
    }

    @Override
    public ProcessFigures figures() {
        return new ProcessFigures(container.pid());
    }

    @Override
    public boolean isRunning() {
        return container.isRunning();
    }

    @Override
    public void close() {
        container.close();
    }
}

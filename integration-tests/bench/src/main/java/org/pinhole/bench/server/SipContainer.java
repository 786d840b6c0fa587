package org.pinhole.bench.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.container.Trees;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.Operator;

/**
 * The SIP servlet container with one TLS connector, ours or stock, and the same registrar application behind it. Ours is
 * asked for by that application and pinhole.war is left out, so that all contestants do the same work.
 */
public final class SipContainer implements Contestant {
    private static final Duration START = Duration.ofMinutes(2);

    private final Connector connector;
    private final InetSocketAddress address;
    private final StandaloneContainer container;
    private final ContainerFolder folder;

    private SipContainer(Connector connector, InetSocketAddress address, StandaloneContainer container) {
        this.connector = connector;
        this.address = address;
        this.container = container;
        this.folder = new ContainerFolder(container.home());
    }

    /**
     * Assembles and starts one.
     *
     * @param jvmOptions for the container's JVM, the same for every contestant of a comparison
     */
    public static SipContainer start(
            ContainerParts parts, Path work, Connector connector, ServerKey key, List<String> jvmOptions)
            throws IOException {
        InetSocketAddress address = connector.address();
        StandaloneContainer container = StandaloneContainer.assemble(
                parts, ContainerPorts.free(), work.resolve("container-" + connector), progress -> {});
        SipContainer contestant = new SipContainer(connector, address, container);
        container.deploy(parts.registrarWar(), "registrar");
        contestant.folder.quietLog();
        if (connector == Connector.PINHOLE) {
            contestant.installPinhole(parts, work.resolve("pinhole"), key);
        } else {
            contestant.folder.addStockConnector(address, connector.processorFactory(), key);
        }
        contestant.folder.addJvmOptions(jvmOptions);
        Runtime.getRuntime().addShutdownHook(new Thread(container::close)); // also when the bench is interrupted
        container.start(Jdk.running(), START);
        contestant.requireConnector();
        return contestant;
    }

    private void installPinhole(ContainerParts parts, Path distribution, ServerKey key) throws IOException {
        Trees.delete(distribution);
        Unzip.withoutTopFolder(parts.distributionZip(), distribution);
        new Operator(distribution, container.home()).install();
        Files.delete(container.home().resolve("webapps/pinhole.war"));
        folder.append(
                "conf/pinhole.properties",
                List.of(
                        "org.example.Registrar.pinhole.connector=tls://127.0.0.1:" + address.getPort(),
                        "org.example.Registrar.pinhole.tls.certificate-file="
                                + key.certificate().toAbsolutePath(),
                        "org.example.Registrar.pinhole.tls.private-key-file="
                                + key.key().toAbsolutePath()));
    }

    /** A container goes on without a connector whose port is taken; a load would go to whoever has it. */
    private void requireConnector() throws IOException {
        List<String> complaints = new ArrayList<>(logLines("already in use"));
        if (!complaints.isEmpty()) {
            container.close();
            throw new IOException(name() + " has no connector: " + complaints.get(0));
        }
    }

    /** Lines of all its logs that contain a text. */
    public List<String> logLines(String text) {
        return folder.logLines(text);
    }

    @Override
    public String name() {
        return connector.title();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public boolean answersFirstPing() {
        return connector != Connector.OIO;
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

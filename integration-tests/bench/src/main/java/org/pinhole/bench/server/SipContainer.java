package org.pinhole.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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

    private SipContainer(Connector connector, InetSocketAddress address, StandaloneContainer container) {
        this.connector = connector;
        this.address = address;
        this.container = container;
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
        contestant.quietLog();
        if (connector == Connector.PINHOLE) {
            contestant.installPinhole(parts, work.resolve("pinhole"), key);
        } else {
            contestant.addStockConnector(key);
        }
        contestant.addJvmOptions(jvmOptions);
        Runtime.getRuntime().addShutdownHook(new Thread(container::close)); // also when the bench is interrupted
        container.start(Jdk.running(), START);
        contestant.requireConnector();
        return contestant;
    }

    /** Nobody measures loggers here; warnings and above remain, and with them the leak detector's. */
    private void quietLog() throws IOException {
        edit("lib/log4j.properties", "rootLogger=INFO", "rootLogger=WARN");
    }

    private void installPinhole(ContainerParts parts, Path distribution, ServerKey key) throws IOException {
        Trees.delete(distribution);
        Unzip.withoutTopFolder(parts.distributionZip(), distribution);
        new Operator(distribution, container.home()).install();
        Files.delete(container.home().resolve("webapps/pinhole.war"));
        append(
                "conf/pinhole.properties",
                List.of(
                        "org.example.Registrar.pinhole.connector=tls://127.0.0.1:" + address.getPort(),
                        "org.example.Registrar.pinhole.tls.certificate-file="
                                + key.certificate().toAbsolutePath(),
                        "org.example.Registrar.pinhole.tls.private-key-file="
                                + key.key().toAbsolutePath()));
    }

    /** The stock defaults offer no suite that a modern client takes; these are the same suites as ours. */
    private void addStockConnector(ServerKey key) throws IOException {
        edit("conf/mss-sip-stack.properties", Connector.NIO.processorFactory(), connector.processorFactory());
        append(
                "conf/mss-sip-stack.properties",
                List.of(
                        "javax.net.ssl.keyStore=" + key.store().toAbsolutePath(),
                        "javax.net.ssl.keyStorePassword=" + ServerKey.PASSWORD,
                        "javax.net.ssl.keyStoreType=PKCS12",
                        "javax.net.ssl.trustStore=" + key.store().toAbsolutePath(),
                        "javax.net.ssl.trustStorePassword=" + ServerKey.PASSWORD,
                        "gov.nist.javax.sip.TLS_CLIENT_AUTH_TYPE=Disabled",
                        "gov.nist.javax.sip.TLS_CLIENT_PROTOCOLS=TLSv1.2,TLSv1.3",
                        "gov.nist.javax.sip.ENABLED_CIPHER_SUITES=TLS_AES_128_GCM_SHA256,TLS_AES_256_GCM_SHA384,"
                                + "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
        edit(
                "conf/server.xml",
                "<Engine ",
                "<Connector port=\"" + address.getPort() + "\" ipAddress=\"127.0.0.1\" signalingTransport=\"tls\""
                        + " protocol=\"org.mobicents.servlet.sip.startup.SipProtocolHandler\"/>\n    <Engine ");
    }

    private void addJvmOptions(List<String> options) throws IOException {
        append("bin/setenv.sh", List.of("CATALINA_OPTS=\"$CATALINA_OPTS " + String.join(" ", options) + "\""));
    }

    /** A container goes on without a connector whose port is taken; a load would go to whoever has it. */
    private void requireConnector() throws IOException {
        List<String> complaints = new ArrayList<>(logLines("already in use"));
        if (!complaints.isEmpty()) {
            container.close();
            throw new IOException(name() + " has no connector: " + complaints.get(0));
        }
    }

    private void edit(String file, String found, String replacement) throws IOException {
        Path path = container.home().resolve(file);
        String text = Files.readString(path);
        if (!text.contains(found)) {
            throw new IOException(path + " has no " + found);
        }
        Files.writeString(path, text.replace(found, replacement));
    }

    private void append(String file, List<String> lines) throws IOException {
        Files.writeString(
                container.home().resolve(file),
                "\n" + String.join("\n", lines) + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Lines of all its logs that contain a text. */
    public List<String> logLines(String text) {
        try (java.util.stream.Stream<Path> logs = Files.list(container.home().resolve("logs"))) {
            return logs.filter(Files::isRegularFile)
                    .flatMap(log -> lines(log).stream())
                    .filter(line -> line.contains(text))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(Path log) {
        try {
            return Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

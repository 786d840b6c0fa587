package org.pinhole.suite.dropin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.container.StockSip;
import org.pinhole.suite.container.Trees;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.Operator;
import org.pinhole.suite.demo.StoryConfig;

/** A container with the user's application in it and the unpacked distribution beside it, in an operator's hands. */
final class Site implements AutoCloseable {
    static final String DOMAIN = "pinhole.test";
    static final String ALICE = "alice";
    static final String ALICE_PASSWORD = "wonder";
    private static final String EDGE = "edge.pinhole.test";
    static final String BOB = "bob";
    static final String BOB_PASSWORD = "builder";
    private static final Duration START = Duration.ofMinutes(2);

    private final Path work;
    private final StandaloneContainer container;
    private final Operator operator;

    private Site(Path work, StandaloneContainer container) {
        this.work = work;
        this.container = container;
        this.operator = new Operator(distribution(), container.home());
    }

    /** Assembles the container anew and unpacks the distribution; nothing is installed yet. */
    static Site assemble(String name) throws IOException {
        ContainerParts parts = ContainerParts.ofThisBuild();
        Path work = Path.of(System.getProperty("pinhole.containers", "target/containers"), "dropin-" + name)
                .toAbsolutePath();
        Trees.delete(work);
        StandaloneContainer container =
                StandaloneContainer.assemble(parts, ContainerPorts.free(), work.resolve("container"), progress -> {});
        Site site = new Site(work, container);
        site.lookForChangedWarsEverySecond();
        container.deploy(parts.registrarWar(), "registrar");
        Unzip.withoutTopFolder(parts.distributionZip(), site.distribution());
        return site;
    }

    /** Instead of every ten seconds; the operator's own setting, as any other in server.xml. */
    private void lookForChangedWarsEverySecond() throws IOException {
        Path serverXml = home().resolve("conf/server.xml");
        String text = Files.readString(serverXml);
        Files.writeString(serverXml, text.replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" "));
    }

    /** {@code bin/pinhole install}, with a connector as the demo has it. */
    void install(InetSocketAddress connector) throws IOException {
        operator.install();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pinhole.connector", "tls://" + Loopback.text(connector));
        settings.put("pinhole.contact", "rewrite");
        settings.put("pinhole.digest.realm", DOMAIN);
        settings.put("pinhole.tls.self-signed-names", DOMAIN + "," + EDGE + ",localhost,127.0.0.1");
        operator.set(settings);
    }

    /** The sample that pushes to phones, deployed in a container that does not run yet. */
    void deployPush() throws IOException {
        container.deploy(ContainerParts.ofThisBuild().pushWar(), "push");
    }

    /** The application that tells who its users are, deployed in a container that does not run yet. */
    void deployWho() throws IOException {
        Path war = beside("who.war");
        WhoApplication.writeTo(war);
        container.deploy(war, "who");
    }

    /** The port of the stock SIP connectors. */
    int stockSipPort() {
        return container.ports().sip();
    }

    /** Where the container's web applications are. */
    URI web() {
        return URI.create("http://127.0.0.1:" + container.ports().http());
    }

    void addUsers() throws IOException {
        operator.addUser(ALICE, ALICE_PASSWORD);
        operator.addUser(BOB, BOB_PASSWORD);
    }

    Operator operator() {
        return operator;
    }

    void start(Jdk jdk) throws IOException {
        container.start(jdk, START);
    }

    /** Behind a command that becomes the one it is given. */
    void start(Jdk jdk, List<String> launcher) throws IOException {
        container.start(jdk, START, launcher);
    }

    void stop() {
        container.stop();
    }

    long pid() {
        return container.pid();
    }

    /** Whether the stock connectors are served by the user's application. */
    StockSip stockSip() {
        return new StockSip(container.ports().sip());
    }

    /** What the signalling story has to know of this site. */
    StoryConfig story(InetSocketAddress connector) {
        return new StoryConfig(connector, EDGE, caFile(), DOMAIN, ALICE, ALICE_PASSWORD, BOB, BOB_PASSWORD);
    }

    Path home() {
        return container.home();
    }

    /** Where the distribution was unpacked. */
    Path distribution() {
        return work.resolve("pinhole");
    }

    /** A file outside of the container. */
    Path beside(String name) {
        return work.resolve(name);
    }

    Path caFile() {
        return home().resolve("conf/pinhole/ca.pem");
    }

    /** Puts the distribution's WAR in webapps/ once more; a running container notices by its time stamp. */
    void redeployPinhole() throws IOException {
        Path deployed = home().resolve("webapps/pinhole.war");
        Instant before = Files.getLastModifiedTime(deployed).toInstant();
        Path next = home().resolve("temp/pinhole.war");
        Files.copy(distribution().resolve("lib/pinhole.war"), next);
        Files.setLastModifiedTime(next, FileTime.from(before.plusSeconds(2)));
        Files.move(next, deployed, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Puts the distribution's WAR in webapps/ and nothing else. */
    void deployPinholeAlone() throws IOException {
        container.deploy(distribution().resolve("lib/pinhole.war"), "pinhole");
    }

    /** All that the container has logged, standard error included. */
    String log() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : new Path[] {container.log(), home().resolve("logs/sip.log")}) {
            if (Files.exists(file)) {
                all.append(Files.readString(file, ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        container.close();
    }
}

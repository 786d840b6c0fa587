package org.pinhole.suite.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.container.Trees;
import org.pinhole.suite.container.Unzip;

/** Sets the stage: a container as its operator has it, Pinhole installed into it, both users, the TURN server beside it. */
final class DemoStage implements AutoCloseable {
    static final String SERVER_NAME = "edge.pinhole.test";
    private static final int SIP_PORT = 443;
    private static final int SIP_PORT_OTHERWISE = 8443;
    private static final Duration START_DEADLINE = Duration.ofSeconds(60);
    private static final Duration CONNECTOR_DEADLINE = Duration.ofSeconds(15);

    private final Path work;
    private final StandaloneContainer container;
    private final DemoPort port;
    private final TurnStage turn;
    private final StepTable table;

    private DemoStage(Path work, StandaloneContainer container, DemoPort port, TurnPlan turn, StepTable table) {
        this.work = work;
        this.container = container;
        this.port = port;
        this.turn = new TurnStage(turn, pinholeHome(), work.resolve("turn.log"));
        this.table = table;
    }

    /** Assembles the existing container with the user's application in it. */
    static DemoStage assemble(ContainerParts parts, Path registrarWar, Path work, StepTable table) throws IOException {
        DemoPort port = DemoPort.choose(InetAddress.getLoopbackAddress(), SIP_PORT, SIP_PORT_OTHERWISE);
        StandaloneContainer container =
                StandaloneContainer.assemble(parts, ContainerPorts.free(), work.resolve("container"), table::note);
        container.deploy(registrarWar, "registrar");
        table.step(
                "an existing container",
                true,
                "Tomcat + SIP Servlets, org.example.Registrar; SIP on 127.0.0.1:"
                        + container.ports().sip());
        return new DemoStage(work, container, port, TurnPlan.choose(container), table);
    }

    /** Unpacks the distribution and installs it with its own command. */
    void installPinhole(Path zip, DemoUsers users) throws IOException {
        Trees.delete(pinholeHome());
        Unzip.withoutTopFolder(zip, pinholeHome());
        Operator operator = new Operator(pinholeHome(), container.home());
        operator.install();
        table.step("bin/pinhole install", true, "agent, WAR, settings and setenv.sh in " + container.home());
        turn.plan().writeSecrets(new SecureRandom());
        operator.set(settings());
        table.step("conf/pinhole.properties", true, "pinhole.connector=" + connector() + " (" + port.why() + ")");
        operator.addUser(DemoUsers.ALICE, users.alicePassword());
        operator.addUser(DemoUsers.BOB, users.bobPassword());
        users.writePasswordFiles(work);
        table.step("bin/pinhole user add", true, "alice and bob in realm " + DemoUsers.DOMAIN);
    }

    /** Starts the container and waits until our connector accepts. */
    void start() throws IOException, InterruptedException {
        long started = System.nanoTime();
        container.start(Jdk.running(), START_DEADLINE);
        String took = Duration.ofNanos(System.nanoTime() - started).toSeconds() + " s";
        table.step("bin/catalina.sh run", true, Jdk.running() + ", process " + container.pid() + ", up in " + took);
        boolean listening = port.answersWithin(CONNECTOR_DEADLINE);
        table.step(
                "SIP/TLS connector",
                listening,
                "127.0.0.1:" + port.number() + (listening ? "" : " does not answer; see " + container.log()));
        boolean ca = Files.isReadable(caFile());
        table.step("a certificate authority of its own", ca, caFile() + (ca ? "" : " is not there"));
    }

    /** Starts the TURN server as its operator would, once the certificate that it shares with the connector is there. */
    void startTurn() {
        TurnPlan plan = turn.plan();
        new Script(table).step("bin/pinhole turn", turn::start);
        table.note("TURN over TLS on " + plan.tls().why() + "; over TCP on "
                + plan.tcp().why() + "; UDP on " + plan.udp().why());
        table.note("relays reach nothing on this machine but each other: " + plan.allowedPeer());
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pinhole.connector", connector());
        settings.put("pinhole.contact", "rewrite");
        settings.put("pinhole.digest.realm", DemoUsers.DOMAIN);
        settings.put("pinhole.tls.self-signed-names", "pinhole.test,edge.pinhole.test,localhost,127.0.0.1,127.0.0.2");
        settings.putAll(turn.plan().settings());
        return settings;
    }

    private String connector() {
        return "tls://127.0.0.1:" + port.number();
    }

    DemoPort port() {
        return port;
    }

    TurnStage turn() {
        return turn;
    }

    StandaloneContainer container() {
        return container;
    }

    Path pinholeHome() {
        return work.resolve("pinhole");
    }

    Path caFile() {
        return container.home().resolve("conf/pinhole/ca.pem");
    }

    @Override
    public void close() {
        turn.close();
        container.close();
    }
}

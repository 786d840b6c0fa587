package org.pinhole.suite.bed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.container.StandaloneContainer;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.Operator;
import org.pinhole.suite.demo.TurnSidecar;

/** A container into which the distribution was installed, with the users alice and bob. */
final class PinholeServer implements AutoCloseable {
    static final String DOMAIN = "pinhole.test";
    static final String NAME = "edge.pinhole.test";

    private static final Duration START = Duration.ofMinutes(2);

    private final Path folder;
    private final StandaloneContainer container;
    private final Operator operator;

    private PinholeServer(Path folder, StandaloneContainer container) {
        this.folder = folder;
        this.container = container;
        this.operator = new Operator(unpacked(), container.home());
    }

    /**
     * Installs, and starts nothing yet.
     *
     * @param folder where the distribution is unpacked and the password files are put
     * @param home the name of the container's folder
     * @param ports of the stock connectors
     */
    static PinholeServer install(Path folder, String home, ContainerPorts ports) throws IOException {
        ContainerParts parts = ContainerParts.ofThisBuild();
        Path containers = Path.of(System.getProperty("pinhole.containers", "target/containers"));
        PinholeServer server = new PinholeServer(
                folder, StandaloneContainer.assemble(parts, ports, containers.resolve(home), progress -> {}));
        Unzip.withoutTopFolder(parts.distributionZip(), server.unpacked());
        server.operator.install();
        server.container.deploy(parts.registrarWar(), "registrar");
        server.set(Map.of("pinhole.contact", "rewrite", "pinhole.digest.realm", DOMAIN));
        return server.withUser("alice").withUser("bob");
    }

    /** Where the connector is to listen; its certificate has the address and these names beside the usual ones. */
    PinholeServer listeningOn(String ip, int port, String... moreNames) throws IOException {
        return set(Map.of(
                "pinhole.connector",
                "tls://" + ip + ":" + port,
                "pinhole.tls.self-signed-names",
                Stream.concat(Stream.of(DOMAIN, NAME, ip), Stream.of(moreNames)).collect(Collectors.joining(","))));
    }

    /** Further settings. */
    PinholeServer set(Map<String, String> settings) throws IOException {
        operator.set(settings);
        return this;
    }

    /** Settings of one application. */
    PinholeServer setFor(String application, Map<String, String> settings) throws IOException {
        List<String> lines = settings.entrySet().stream()
                .map(setting -> application + "." + setting.getKey() + "=" + setting.getValue())
                .toList();
        Files.write(container.home().resolve("conf/pinhole.properties"), lines, StandardOpenOption.APPEND);
        return this;
    }

    /** The sample that pushes to phones, which may have a connector of its own. */
    PinholeServer withPush() throws IOException {
        container.deploy(ContainerParts.ofThisBuild().pushWar(), "push");
        return this;
    }

    /** No application of the operator's is asked: whatever phones want goes on to the next hop. */
    PinholeServer withoutApplications() throws IOException {
        Files.writeString(container.home().resolve("conf/dars/mobicents-dar.properties"), "");
        return this;
    }

    /** One more user beside alice and bob. */
    PinholeServer withUser(String user) throws IOException {
        operator.addUser(user, password(user));
        Files.writeString(passwordFile(user), password(user) + "\n");
        return this;
    }

    /** Tells it of a TURN server, which is started later. */
    PinholeServer beside(TurnBeside turn) throws IOException {
        turn.writeSecrets(container.home());
        return set(turn.settings());
    }

    /** Starts it behind the launcher's command and returns when it is up. */
    PinholeServer start(List<String> launcher) throws IOException {
        container.start(Jdk.running(), START, launcher);
        return this;
    }

    /** Stops and starts it again, with the files as it left them. */
    void restart() throws IOException {
        container.stop();
        start(List.of());
    }

    /** Starts the TURN server that it was told of, which shares its certificate. */
    TurnSidecar startTurn(TurnBeside turn, List<String> launcher, String... more) throws IOException {
        List<String> options =
                new ArrayList<>(turn.options(container.home(), container.ports().http(), DOMAIN));
        options.addAll(List.of(more));
        return TurnSidecar.start(unpacked(), options, folder.resolve("turn.log"), launcher);
    }

    static String password(String user) {
        return "secret of " + user;
    }

    Path passwordFile(String user) {
        return folder.resolve(user + ".password");
    }

    /** The container's own folder. */
    Path home() {
        return container.home();
    }

    Path caFile() {
        return container.home().resolve("conf/pinhole/ca.pem");
    }

    /** Where to look when something went wrong. */
    Path log() {
        return container.log();
    }

    private Path unpacked() {
        return folder.resolve("pinhole");
    }

    @Override
    public void close() {
        container.close();
    }
}

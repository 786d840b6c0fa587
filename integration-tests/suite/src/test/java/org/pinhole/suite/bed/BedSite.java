package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;

/** All that stands in the bed: a container and a TURN server outside, a proxy inside, and what phones are told of them. */
final class BedSite implements AutoCloseable {
    static final TurnBeside TURN = new TurnBeside(Bed.TURN, "turn.pinhole.test", 443, 80, 3478, 0);
    static final String TURN_BY_UDP = "turn:turn.pinhole.test:3478?transport=udp";

    static final int KEEP_SECONDS = 10;

    /** Longer than a phone that was told to ping every ten seconds is ever silent, on a busy machine too. */
    static final int PROXY_IDLE_SECONDS = 15;

    /** Of the firewall: long enough for the end of a connection that the proxy gave up to pass it, also when squid is late. */
    static final int IDLE_SECONDS = 20;

    /** The edge gives up a phone that does not ping after this: the time agreed on and the grace that is set where nothing is. */
    static final int EDGE_IDLE_SECONDS = KEEP_SECONDS + 15;

    /** More than anything here takes. */
    static final Duration LONG = Duration.ofMinutes(2);

    private final List<Closeable> running = new ArrayList<>();
    private final Bed bed;
    private final Path folder;
    private final PinholeServer server;
    private final BedProxy proxy;
    private final BedUe phones;

    private BedSite(Bed bed, Path folder) throws Exception {
        this.bed = kept(bed, bed::close);
        this.folder = folder;
        BedProxy squid = BedProxy.start(bed, folder, PROXY_IDLE_SECONDS);
        this.proxy = kept(squid, squid::close);
        PinholeServer installed = PinholeServer.install(folder, "bed", new ContainerPorts(8080, 5060))
                .listeningOn(Bed.EDGE, 443, Bed.TURN, TURN.name())
                .set(Map.of(
                        "pinhole.connector",
                        "tls://" + Bed.EDGE + ":443,tls://" + Bed.EDGE + ":5061",
                        "pinhole.keep-alive.seconds",
                        String.valueOf(KEEP_SECONDS)))
                .beside(TURN);
        this.server = kept(installed, installed::close);
        for (String user : List.of("carol", "dave", "erin", "frank")) {
            server.withUser(user);
        }
        this.phones = new BedUe(bed, server, folder);
    }

    /** Builds the bed and starts all of it. */
    static BedSite start(Path folder) throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // squid drops root
        BedSite site = new BedSite(Bed.up(folder), folder);
        try {
            site.start();
            return site;
        } catch (Exception e) {
            site.close();
            throw e;
        }
    }

    private void start() throws Exception {
        Foreign echo = bed.start(
                "edge", "udp-5060", List.of("socat", "UDP-LISTEN:5060,bind=" + Bed.EDGE + ",fork", "EXEC:cat"));
        running.add(0, echo::close);
        server.start(bed.launcher("edge"));
        TurnSidecar sidecar = server.startTurn(TURN, bed.launcher("edge"));
        running.add(0, sidecar::close);
        proxy.awaitListening();
        variant("proxy");
    }

    private <T> T kept(T one, Closeable end) {
        running.add(0, end);
        return one;
    }

    Bed bed() {
        return bed;
    }

    BedProxy proxy() {
        return proxy;
    }

    BedUe phones() {
        return phones;
    }

    /** Where to look when something went wrong. */
    Path log() {
        return server.log();
    }

    /** Swaps the rules for ue and proxy; what is idle for a while is always forgotten. */
    void variant(String name) throws Exception {
        bed.variant(name, String.valueOf(IDLE_SECONDS));
    }

    /** Tells {@link BedStory} from the namespace ue and returns what it said. */
    String story(int expectedCode, String... moreOptions) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Jdk.running().home().resolve("bin/java").toString(),
                "-Xmx256m",
                "-cp",
                Bed.classPath(),
                BedStory.class.getName()));
        command.addAll(List.of("--sip", Bed.EDGE + ":443", "--server-name", PinholeServer.NAME));
        command.addAll(List.of(
                "--domain", PinholeServer.DOMAIN, "--ca-file", server.caFile().toString()));
        for (String user : List.of("alice", "bob")) {
            command.addAll(List.of(
                    "--" + user + "-password-file", server.passwordFile(user).toString()));
        }
        command.addAll(List.of("--turns", TURN.tlsUri(), "--keep", String.valueOf(KEEP_SECONDS)));
        command.addAll(List.of(moreOptions));
        try (Foreign story = bed.start("ue", "story", command)) {
            int code = story.await(LONG);
            assertThat(code)
                    .as("story:%n%s%ncontainer: %s", story.output(), server.log())
                    .isEqualTo(expectedCode);
            return story.output();
        }
    }

    /** A file for a test of its own. */
    Path file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : running) {
            one.close();
        }
    }
}

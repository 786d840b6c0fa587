package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** The stories of signalling and media from behind a firewall that is real: a router with nftables between the phones and the container. */
@NeedsPeer({"ip", "nft", "squid", "socat", "openssl"})
class FirewallBedIT {
    private static final Duration STORY = Duration.ofMinutes(2);
    private static final String PROXY_USER = "visitor";
    private static final TurnBeside TURN = new TurnBeside(Bed.TURN, "turn.pinhole.test", 443, 80, 3478, 0);

    private static final String ALL_PACKETS =
            "ok alice's relay to bob's and back: 1000 packets of 160 bytes: 1000 arrived, 1000 came back, 0 lost, 0 altered";

    @TempDir
    private static Path folder;

    private static Bed bed;
    private static PinholeServer server;
    private static TurnSidecar sidecar;
    private static Path proxyPassword;
    private static final List<Foreign> running = new ArrayList<>();

    @BeforeAll
    static void aServerOutsideAndAProxyInside() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // squid drops root
        bed = Bed.up(folder);
        server = PinholeServer.install(folder, "bed", new ContainerPorts(8080, 5060))
                .listeningOn(Bed.EDGE, 443, Bed.TURN, TURN.name())
                .beside(TURN)
                .start(bed.launcher("edge"));
        sidecar = server.startTurn(TURN, bed.launcher("edge"));
        proxyPassword = Files.writeString(folder.resolve("proxy.password"), "let me out\n");
        running.add(bed.start(
                "proxy",
                "squid",
                List.of(
                        Bed.script("squid.sh").toString(),
                        squidFolder().toString(),
                        PROXY_USER,
                        proxyPassword.toString())));
        running.add(bed.start(
                "edge", "udp-5060", List.of("socat", "UDP-LISTEN:5060,bind=" + Bed.EDGE + ",fork", "EXEC:cat")));
        running.add(bed.start(
                "edge", "tcp-5061", List.of("socat", "TCP-LISTEN:5061,bind=" + Bed.EDGE + ",fork", "EXEC:cat")));
        await().ignoreExceptions().until(() -> comesBack("TCP4:" + Bed.EDGE + ":5061"));
        await().ignoreExceptions().until(() -> comesBack("UDP4:" + Bed.EDGE + ":5060"));
        await().ignoreExceptions()
                .until(() -> Files.readString(squidFolder().resolve("cache.log"))
                        .contains("Accepting HTTP Socket connections"));
    }

    @AfterAll
    static void allIsTakenDown() throws Exception {
        running.forEach(Foreign::close);
        if (sidecar != null) {
            sidecar.close();
        }
        if (server != null) {
            server.close();
        }
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    @Tag("P-1")
    @Tag("T-1")
    @Tag("U-1")
    void theStoryPassesStraightThroughAFirewallThatLetsTheWebOutOnly() throws Exception {
        bed.variant("web");

        String told = story(0, "--turn", TURN.tcpUri());

        assertThat(told)
                .contains("ok alice: straight to the edge: " + "192.0.2.2:")
                .contains("ok bob de-registers")
                .contains(ALL_PACKETS)
                .contains("ok alice: Allocate over plain TCP: turn:turn.pinhole.test:80");
        assertThat(told).doesNotContain("FAILED");
    }

    @Test
    void theFirewallThatLetsTheWebOutOnlyDropsSipsOwnPorts() throws Exception {
        bed.variant("open");
        assertThat(comesBack("UDP4:" + Bed.EDGE + ":5060")).isTrue();
        assertThat(comesBack("TCP4:" + Bed.EDGE + ":5061,connect-timeout=2")).isTrue();

        bed.variant("web");
        assertThat(comesBack("UDP4:" + Bed.EDGE + ":5060")).isFalse();
        assertThat(comesBack("TCP4:" + Bed.EDGE + ":5061,connect-timeout=2")).isFalse();
        assertThat(bed.drops()).isPositive();
    }

    @Test
    @Tag("U-8")
    @Tag("U-9")
    void theStoryPassesThroughAProxyThatAuthenticatesAndLets443OutOnly() throws Exception {
        bed.variant("proxy");

        String told = story(0, proxy(proxyPassword));

        assertThat(told)
                .contains("ok the proxy refuses CONNECT to another port: CONNECT edge.pinhole.test:5061 -> 403")
                .contains("ok alice: CONNECT: CONNECT edge.pinhole.test:443 -> HTTP/1.1 200 ")
                .contains("ok bob de-registers")
                .contains(ALL_PACKETS);
        assertThat(told).doesNotContain("FAILED");
        await().untilAsserted(() -> assertThat(tunnels("edge.pinhole.test:443")).hasSize(4));
        assertThat(tunnels("turn.pinhole.test:443")).as("four relays").hasSize(4);
    }

    @Test
    void whereOnlyTheProxyMayGoOutThereIsNoWayAroundIt() throws Exception {
        bed.variant("proxy");

        String told = story(1);

        assertThat(told.strip())
                .as("one line")
                .startsWith(
                        "FAILED alice: straight to the edge: cannot connect to " + Bed.EDGE + ":443: Connect timed out")
                .doesNotContain("\n");
        assertThat(bed.drops()).isPositive();
    }

    @Test
    @Tag("U-8")
    void aWrongProxyPasswordIsSaidToBeOne() throws Exception {
        bed.variant("proxy");
        Path wrong = Files.writeString(folder.resolve("wrong.password"), "let me in\n");

        String told = story(1, proxy(wrong));

        assertThat(told.strip())
                .contains("FAILED alice: CONNECT: proxy " + Bed.PROXY
                        + ":3128 answered CONNECT edge.pinhole.test:443 with")
                .endsWith("407 Proxy Authentication Required; it did not take the proxy user and password given");
    }

    /** Tells it from inside and returns what it said. */
    private static String story(int expectedCode, String... moreOptions) throws Exception {
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
        command.addAll(List.of("--turns", TURN.tlsUri()));
        command.addAll(List.of(moreOptions));
        try (Foreign story = bed.start("ue", "story", command)) {
            int code = story.await(STORY);
            assertThat(code)
                    .as("story:%n%s%ncontainer: %s", story.output(), server.log())
                    .isEqualTo(expectedCode);
            return story.output();
        }
    }

    private static String[] proxy(Path passwordFile) {
        return new String[] {
            "--proxy", Bed.PROXY + ":3128", "--proxy-user", PROXY_USER, "--proxy-password-file", passwordFile.toString()
        };
    }

    /** Whether a line sent from inside to this address, as socat writes it, comes back from the echo there. */
    private static boolean comesBack(String address) throws Exception {
        String script = "echo around | socat -t2 -T2 - " + address;
        try (Foreign probe = bed.start("ue", "probe", List.of("sh", "-c", script))) {
            probe.await(Duration.ofSeconds(20));
            return probe.output().startsWith("around");
        }
    }

    /** What squid has logged of tunnels to this target; it does so when they end. */
    private static List<String> tunnels(String target) throws IOException {
        try (Stream<String> lines = Files.lines(squidFolder().resolve("access.log"))) {
            return lines.filter(line -> line.contains("TCP_TUNNEL/200") && line.contains(target + " " + PROXY_USER))
                    .toList();
        }
    }

    private static Path squidFolder() {
        return folder.resolve("squid-run");
    }
}

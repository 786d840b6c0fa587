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
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/**
 * Signalling and media from behind a firewall that is real: a router with nftables between the phones and the container. Firewall
 * and proxy forget what has been idle for {@value #IDLE_SECONDS} s. Two calls that have to outlive that, and the end of a path,
 * begin before all tests and are asked about by the last ones, so that the others take no time of their own.
 */
@NeedsPeer({"ip", "nft", "squid", "socat", "openssl"})
@TestMethodOrder(OrderAnnotation.class)
class FirewallBedIT {
    private static final Duration STORY = Duration.ofMinutes(2);
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Longer than a phone that was told to ping every ten seconds is ever silent. */
    private static final int IDLE_SECONDS = 14;

    private static final int KEEP_SECONDS = 10;
    private static final String PROXY_USER = "visitor";

    /** The same proxy for those whose tunnels nobody counts. */
    private static final String OTHER_PROXY_USER = "guest";

    private static final TurnBeside TURN = new TurnBeside(Bed.TURN, "turn.pinhole.test", 443, 80, 3478, 0);

    private static final String ALL_PACKETS =
            "ok alice's relay to bob's and back: 1000 packets of 160 bytes: 1000 arrived, 1000 came back, 0 lost, 0 altered";

    @TempDir
    private static Path folder;

    private static Bed bed;
    private static PinholeServer server;
    private static BedUe phones;
    private static TurnSidecar sidecar;
    private static Path proxyPassword;
    private static Sleepers sleepers;
    private static final List<Foreign> running = new ArrayList<>();

    @BeforeAll
    static void aServerOutsideAndAProxyInside() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x")); // squid drops root
        bed = Bed.up(folder);
        server = PinholeServer.install(folder, "bed", new ContainerPorts(8080, 5060))
                .listeningOn(Bed.EDGE, 443, Bed.TURN, TURN.name())
                .set(Map.of(
                        "pinhole.connector",
                        "tls://" + Bed.EDGE + ":443,tls://" + Bed.EDGE + ":5061",
                        "pinhole.keep-alive.seconds",
                        String.valueOf(KEEP_SECONDS)))
                .beside(TURN);
        for (String user : List.of("carol", "dave", "erin", "frank")) {
            server.withUser(user);
        }
        server.start(bed.launcher("edge"));
        sidecar = server.startTurn(TURN, bed.launcher("edge"));
        proxyPassword = Files.writeString(folder.resolve("proxy.password"), "let me out\n");
        running.add(bed.start(
                "proxy",
                "squid",
                List.of(
                        Bed.script("squid.sh").toString(),
                        squidFolder().toString(),
                        proxyPassword.toString(),
                        String.valueOf(IDLE_SECONDS),
                        PROXY_USER,
                        OTHER_PROXY_USER)));
        running.add(bed.start(
                "edge", "udp-5060", List.of("socat", "UDP-LISTEN:5060,bind=" + Bed.EDGE + ",fork", "EXEC:cat")));
        await().ignoreExceptions()
                .until(() -> Files.readString(squidFolder().resolve("cache.log"))
                        .contains("Accepting HTTP Socket connections"));
        phones = new BedUe(bed, server, folder);
        variant("proxy");
        sleepers = Sleepers.begin(bed, phones, BedUe.proxy(OTHER_PROXY_USER, proxyPassword), IDLE_SECONDS);
    }

    private static void variant(String name) throws Exception {
        bed.variant(name, String.valueOf(IDLE_SECONDS));
    }

    @AfterAll
    static void allIsTakenDown() throws Exception {
        if (sleepers != null) {
            sleepers.close();
        }
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
    @Order(1)
    @Tag("P-1")
    @Tag("T-1")
    @Tag("U-1")
    void theStoryPassesStraightThroughAFirewallThatLetsTheWebOutOnly() throws Exception {
        variant("web");

        String told = story(0, "--turn", TURN.tcpUri());

        assertThat(told)
                .contains("ok alice: straight to the edge: " + "192.0.2.2:")
                .contains("ok bob de-registers")
                .contains(ALL_PACKETS)
                .contains("ok alice: Allocate over plain TCP: turn:turn.pinhole.test:80");
        assertThat(told).doesNotContain("FAILED");
    }

    @Test
    @Order(1)
    @Tag("U-8")
    @Tag("U-9")
    void theStoryPassesThroughAProxyThatAuthenticatesAndLets443OutOnly() throws Exception {
        variant("proxy");
        int toEdge = tunnels("edge.pinhole.test:443").size();
        int toTurn = tunnels("turn.pinhole.test:443").size();

        String told = story(0, BedUe.proxy(PROXY_USER, proxyPassword));

        assertThat(told)
                .contains("ok the proxy refuses CONNECT to another port: CONNECT edge.pinhole.test:5061 -> 403")
                .contains("ok alice: CONNECT: CONNECT edge.pinhole.test:443 -> HTTP/1.1 200 ")
                .contains("ok bob de-registers")
                .contains(ALL_PACKETS);
        assertThat(told).doesNotContain("FAILED");
        await().untilAsserted(() -> assertThat(tunnels("edge.pinhole.test:443")).hasSize(toEdge + 4));
        await().untilAsserted(() ->
                assertThat(tunnels("turn.pinhole.test:443")).as("four relays").hasSize(toTurn + 4));
    }

    /** Bob's namespace reaches TCP 443 outside and nothing else; alice's reaches the proxy, which asks for a password. */
    @Test
    @Order(1)
    @Tag("U-9")
    @Tag("U-10")
    @Tag("U-13")
    void twoPhonesThatReachTcp443OnlyTalkAndWriteOneOfThemThroughAProxyThatAuthenticates() throws Exception {
        variant("proxy");
        try (Foreign bob = phones.at443(
                "proxy", "bob", "answer", "bob", BedUe.straight("--keep", "--media", "--message", "Hello, Alice"))) {
            await().atMost(SOON).until(() -> bob.output().contains("waiting: "));
            int before = tunnels("turn.pinhole.test:443").size();

            String picture = call("alice-video", "--video");

            await().untilAsserted(() -> assertThat(tunnels("turn.pinhole.test:443"))
                    .as("connections of audio, video and RTCP")
                    .hasSize(before + 1));
            assertThat(picture)
                    .contains("ICE audio: relay udp " + Bed.TURN)
                    .containsPattern("\naudio: [1-9][0-9]* sent")
                    .containsPattern("\nvideo: [1-9][0-9]* sent");

            String words = call("alice-message", "--audio", "--message", "Hello, Bob", "--json");

            assertThat(words.lines()).allMatch(line -> line.startsWith("{\"step\":\"") && line.endsWith("\"}"));
            assertThat(words)
                    .contains("{\"step\":\"ICE message\",\"seen\":\"relay tcp " + Bed.TURN)
                    .contains("{\"step\":\"message\",\"seen\":\"sent, delivered\"}")
                    .contains("{\"step\":\"message\",\"seen\":\"received: Hello, Alice\"}");
            await().until(() -> bob.output().contains("message: received: Hello, Bob"));
            assertThat(bob.output()).contains("ICE message: relay tcp " + Bed.TURN);
        }
    }

    /** Calls bob and hangs up; what the command told. */
    private static String call(String name, String... media) throws Exception {
        String[] options = BedUe.with(
                BedUe.with(BedUe.proxy(PROXY_USER, proxyPassword), media),
                "--duration",
                "2",
                "sip:bob@" + PinholeServer.DOMAIN);
        try (Foreign alice = phones.at443("ue", name, "call", "alice", options)) {
            int code = alice.await(STORY);
            assertThat(code)
                    .as("%s%ncontainer: %s", alice.output(), server.log())
                    .isZero();
            return alice.output();
        }
    }

    @Test
    @Order(1)
    @Tag("U-8")
    void aWrongProxyPasswordIsSaidToBeOne() throws Exception {
        variant("proxy");
        Path wrong = Files.writeString(folder.resolve("wrong.password"), "let me in\n");

        String told = story(1, BedUe.proxy(PROXY_USER, wrong));

        assertThat(told.strip())
                .contains("FAILED alice: CONNECT: proxy " + Bed.PROXY
                        + ":3128 answered CONNECT edge.pinhole.test:443 with")
                .endsWith("407 Proxy Authentication Required; it did not take the proxy user and password given");
    }

    /** Each firewall with a phone of its own behind it, all at the same time. */
    @Test
    @Order(2)
    @Tag("U-11")
    void behindEveryFirewallTheRightRungIsFoundOrTheRightReasonGiven() throws Exception {
        variant("proxy");
        Map<String, String> told =
                EveryFirewall.climb(bed, phones, BedUe.proxy(OTHER_PROXY_USER, proxyPassword), folder);

        String registered = "REGISTER: SIP/2.0 200 OK";
        assertThat(told.get("open"))
                .contains("exit 0", "rung: UDP 5060 stands: ", "rung: TLS 5061 stands: ", registered)
                .doesNotContain("TLS 443");
        assertThat(told.get("noudp"))
                .contains(
                        "exit 0", "rung: UDP 5060 does not: no answer to OPTIONS", "rung: TLS 5061 stands", registered);
        for (String webOnly : List.of("web", "only443", "dpi")) {
            assertThat(told.get(webOnly))
                    .as(webOnly)
                    .contains(
                            "exit 0",
                            "rung: UDP 5060 does not: no answer",
                            "rung: TLS 5061 does not: cannot connect to ")
                    .contains("Connect timed out", "rung: TLS 443 stands: TLSv1.3", registered);
        }
        assertThat(told.get("refuse"))
                .contains("exit 0", "rung: TLS 5061 does not: cannot connect to ", "Connection refused")
                .contains("rung: TLS 443 stands: TLSv1.3", registered);
        assertThat(told.get("loss")).contains("exit 0", registered);
        assertThat(told.get("proxy"))
                .contains("exit 0", "rung: TLS 443 does not: ")
                .contains("rung: CONNECT 443 by " + Bed.PROXY + ":3128 stands: HTTP/1.1 200 ", registered);
        assertThat(told.get("intercept"))
                .contains("exit 1", "no way to " + BedUe.EDGE, "TLS intercepted: issuer CN=" + BedUe.EDGE);
        assertThat(Objects.requireNonNull(told.get("noproxy")).lines().filter(line -> line.startsWith("pinhole ue: ")))
                .singleElement()
                .asString()
                .startsWith("pinhole ue: no way to " + BedUe.EDGE + ": UDP 5060 does not: ")
                .contains("; TLS 5061 does not: cannot connect to ", "; TLS 443 does not: cannot connect to ");
        assertThat(told.get("noproxy")).startsWith("exit 1");
    }

    /** Her phone answers on one flow of two edges; her firewall lets nothing of the first one's port pass any more. */
    @Test
    @Order(3)
    @Tag("U-5")
    @Tag("O-16")
    void aPathThatEndsInACallIsReplacedByTheOtherEdgeWithinTheBackOff() throws Exception {
        await().atMost(STORY).until(() -> registrations(sleepers.cutOff()) == 2);

        assertThat(sleepers.cutOff().output())
                .containsSubsequence(
                        "flow 1 TLS:",
                        "ACK: the call stands",
                        "flow 1 lost: no pong within 10 s of a ping",
                        "flow 1 REGISTER: ")
                .doesNotContain("s before the next try");
        String again = "sip:carol@" + PinholeServer.DOMAIN;
        try (Foreign dave = phones.at443("peer", "again", "call", "dave", BedUe.straight("--duration", "1", again))) {
            assertThat(dave.await(STORY))
                    .as("%s%n%s", dave.output(), sleepers.cutOff().output())
                    .isZero();
            assertThat(dave.output()).contains("INVITE: SIP/2.0 200 OK");
        }
    }

    private static long registrations(Foreign phone) throws IOException {
        return phone.output()
                .lines()
                .filter(line -> line.contains("REGISTER: SIP/2.0 200 OK"))
                .count();
    }

    /** For three limits neither RTP nor MSRP; consent (RFC 7675) and pings are all that passes. */
    @Test
    @Order(4)
    @Tag("U-14")
    @Tag("K-4")
    void aMutedCallAndAnIdleMessageSessionOutliveThreeIdleLimitsOfFirewallAndProxy() throws Exception {
        int code = sleepers.mutedCaller().await(STORY);

        String told = sleepers.mutedCaller().output();
        assertThat(code).as("%s%n%s", told, sleepers.mutedCallee().output()).isZero();
        assertThat(told)
                .containsSubsequence(
                        "message: sent, delivered",
                        "muted: ",
                        "unmuted: ",
                        "message: sent, delivered",
                        "BYE: SIP/2.0 200 OK");
        List<MatchResult> audio = Pattern.compile("\naudio: (\\d+) sent.*; (\\d+) received, 0 lost;")
                .matcher(told)
                .results()
                .toList();
        assertThat(audio)
                .as("before and after the silence, nothing lost in it:%n%s", told)
                .hasSize(2);
        for (int direction = 1; direction <= 2; direction++) {
            int before = Integer.parseInt(audio.get(0).group(direction));
            assertThat(Integer.parseInt(audio.get(1).group(direction))).isGreaterThan(before + 20);
        }
        assertThat(sleepers.mutedCallee().output())
                .contains("message: received: Good night", "message: received: Good morning");
        assertThat(sleepers.silent().output())
                .as("the phone that does not ping")
                .contains("REGISTER: SIP/2.0 200 OK", "lost: the far end closed the connection");
        assertThat(tunnels("edge.pinhole.test:443", OTHER_PROXY_USER))
                .as("its tunnels, which the proxy ended before the edge would have")
                .extracting(line -> Integer.parseInt(line.trim().split("\\s+", -1)[1]) / 1000)
                .anyMatch(seconds -> seconds >= IDLE_SECONDS - 1 && seconds < 2 * KEEP_SECONDS - 1);
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
        command.addAll(List.of("--turns", TURN.tlsUri(), "--keep", String.valueOf(KEEP_SECONDS)));
        command.addAll(List.of(moreOptions));
        try (Foreign story = bed.start("ue", "story", command)) {
            int code = story.await(STORY);
            assertThat(code)
                    .as("story:%n%s%ncontainer: %s", story.output(), server.log())
                    .isEqualTo(expectedCode);
            return story.output();
        }
    }

    /** What squid has logged of tunnels to this target; it does so when they end. */
    private static List<String> tunnels(String target) throws IOException {
        return tunnels(target, PROXY_USER);
    }

    private static List<String> tunnels(String target, String user) throws IOException {
        try (Stream<String> lines = Files.lines(squidFolder().resolve("access.log"))) {
            return lines.filter(line -> line.contains("TCP_TUNNEL/200") && line.contains(target + " " + user))
                    .toList();
        }
    }

    private static Path squidFolder() {
        return folder.resolve("squid-run");
    }
}

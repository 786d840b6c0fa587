package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/**
 * Signalling and media from behind a firewall that is real: a router with nftables between the phones and the container. The
 * firewall forgets what has been idle for {@value BedSite#IDLE_SECONDS} s, the proxy for {@value BedSite#PROXY_IDLE_SECONDS} s. Two
 * calls that have to outlive that, and the end of a path, begin before all tests and are asked about by the last ones, so that the
 * others take no time of their own.
 */
@NeedsPeer({"ip", "nft", "squid", "socat", "openssl"})
@TestMethodOrder(OrderAnnotation.class)
class FirewallBedIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final String ALL_PACKETS =
            "ok alice's relay to bob's and back: 1000 packets of 160 bytes: 1000 arrived, 1000 came back, 0 lost, 0 altered";

    @TempDir
    private static Path folder;

    private static BedSite site;
    private static Sleepers sleepers;

    @BeforeAll
    static void aServerOutsideAndAProxyInside() throws Exception {
        site = BedSite.start(folder);
        sleepers = Sleepers.begin(site.bed(), site.phones(), site.proxy().otherOptions(), BedSite.IDLE_SECONDS);
    }

    @AfterAll
    static void allIsTakenDown() throws Exception {
        if (sleepers != null) {
            sleepers.close();
        }
        if (site != null) {
            site.close();
        }
    }

    @Test
    @Order(1)
    @Tag("P-1")
    @Tag("T-1")
    @Tag("U-1")
    void theStoryPassesStraightThroughAFirewallThatLetsTheWebOutOnly() throws Exception {
        site.variant("web");

        String told = site.story(0, "--turn", BedSite.TURN.tcpUri());

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
        site.variant("proxy");
        int toEdge = site.proxy().tunnels("edge.pinhole.test:443").size();
        int toTurn = site.proxy().tunnels("turn.pinhole.test:443").size();

        String told = site.story(0, site.proxy().options());

        assertThat(told)
                .contains("ok the proxy refuses CONNECT to another port: CONNECT edge.pinhole.test:5061 -> 403")
                .contains("ok alice: CONNECT: CONNECT edge.pinhole.test:443 -> HTTP/1.1 200 ")
                .contains("ok bob de-registers")
                .contains(ALL_PACKETS);
        assertThat(told).doesNotContain("FAILED");
        await().untilAsserted(() ->
                assertThat(site.proxy().tunnels("edge.pinhole.test:443")).hasSize(toEdge + 4));
        await().untilAsserted(() -> assertThat(site.proxy().tunnels("turn.pinhole.test:443"))
                .as("four relays")
                .hasSize(toTurn + 4));
    }

    /** Bob's namespace reaches TCP 443 outside and nothing else; alice's reaches the proxy, which asks for a password. */
    @Test
    @Order(1)
    @Tag("U-9")
    @Tag("U-10")
    @Tag("U-13")
    void twoPhonesThatReachTcp443OnlyTalkAndWriteOneOfThemThroughAProxyThatAuthenticates() throws Exception {
        site.variant("proxy");
        try (Foreign bob = site.phones()
                .at443(
                        "proxy",
                        "bob",
                        "answer",
                        "bob",
                        BedUe.straight("--keep", "--media", "--message", "Hello, Alice"))) {
            await().atMost(SOON).until(() -> bob.output().contains("waiting: "));
            int before = site.proxy().tunnels("turn.pinhole.test:443").size();

            String picture = throughTheProxy("alice-video", "--video");

            await().untilAsserted(() -> assertThat(site.proxy().tunnels("turn.pinhole.test:443"))
                    .as("connections of audio, video and RTCP")
                    .hasSize(before + 1));
            assertThat(picture)
                    .contains("ICE audio: relay udp " + Bed.TURN)
                    .containsPattern("\naudio: [1-9][0-9]* sent")
                    .containsPattern("\nvideo: [1-9][0-9]* sent");

            String words = throughTheProxy("alice-message", "--audio", "--message", "Hello, Bob", "--json");

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
    private static String throughTheProxy(String name, String... media) throws Exception {
        String[] options = BedUe.with(site.proxy().options(), media);
        return call("ue", name, BedUe.with(options, "--duration", "5", "sip:bob@" + PinholeServer.DOMAIN));
    }

    private static String call(String namespace, String name, String... options) throws Exception {
        try (Foreign alice = site.phones().at443(namespace, name, "call", "alice", options)) {
            int code = alice.await(BedSite.LONG);
            assertThat(code).as("%s%ncontainer: %s", alice.output(), site.log()).isZero();
            return alice.output();
        }
    }

    @Test
    @Order(1)
    @Tag("U-8")
    void aWrongProxyPasswordIsSaidToBeOne() throws Exception {
        site.variant("proxy");
        Path wrong = site.file("wrong.password", "let me in\n");

        String told = site.story(1, site.proxy().options(wrong));

        assertThat(told.strip())
                .contains("FAILED alice: CONNECT: proxy " + Bed.PROXY
                        + ":3128 answered CONNECT edge.pinhole.test:443 with")
                .endsWith("407 Proxy Authentication Required; it did not take the proxy user and password given");
    }

    /** She has relays of her own, which nothing direct may come behind; he is reached at his relay only. */
    @Test
    @Order(1)
    @Tag("U-10")
    @Tag("U-16")
    void aPhoneBehindATranslatorGoesFromItsTranslatedAddressStraightToTheOthersRelay() throws Exception {
        site.bed().guest("translated", "nat");
        try (Foreign bob = site.phones()
                .at443("peer", "bob-relayed", "answer", "bob", BedUe.straight("--media", "--relay-only"))) {
            await().atMost(SOON).until(() -> bob.output().contains("waiting: "));
            String[] options = BedUe.straight("--audio", "--message", "Hello from inside", "--duration", "5");
            options = BedUe.with(options, "--turn", BedSite.TURN_BY_UDP, "--turn", BedSite.TURN.tlsUri());

            String told =
                    call("translated", "alice-translated", BedUe.with(options, "sip:bob@" + PinholeServer.DOMAIN));

            assertThat(told)
                    .containsPattern("ICE audio: srflx udp 203\\.0\\.113\\.1:[0-9]+ to relay udp " + Bed.TURN)
                    .containsPattern("ICE message: host tcp 10\\.77\\.[0-9]+\\.2:9 to relay tcp " + Bed.TURN)
                    .contains("message: sent, delivered");
            assertThat(bob.await(BedSite.LONG)).as(bob.output()).isZero();
            assertThat(bob.output())
                    .containsPattern("ICE audio: relay udp " + Bed.TURN + ":[0-9]+ to srflx udp 203\\.0\\.113\\.1:")
                    .contains("message: received: Hello from inside");
        }
    }

    /** Each firewall with a phone of its own behind it. */
    @Test
    @Order(2)
    @Tag("U-11")
    void behindEveryFirewallTheRightRungIsFoundOrTheRightReasonGiven() throws Exception {
        site.variant("proxy");
        Map<String, String> told =
                EveryFirewall.climb(site.bed(), site.phones(), site.proxy().otherOptions(), folder);

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
        assertThat(told.get("dpi-alpn"))
                .contains("exit 0", "rung: TLS 443 stands: TLSv1.3, no ALPN, ", "ALPN none", registered);
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
        await().atMost(BedSite.LONG).until(() -> registrations(sleepers.cutOff()) == 2);

        assertThat(sleepers.cutOff().output())
                .containsSubsequence(
                        "flow 1 TLS:",
                        "ACK: the call stands",
                        "flow 1 lost: no pong within 10 s of a ping",
                        "flow 1 REGISTER: ")
                .doesNotContain("s before the next try");
        String again = "sip:carol@" + PinholeServer.DOMAIN;
        try (Foreign dave =
                site.phones().at443("peer", "again", "call", "dave", BedUe.straight("--duration", "1", again))) {
            assertThat(dave.await(BedSite.LONG))
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
        int code = sleepers.mutedCaller().await(BedSite.LONG);

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
        await().atMost(BedSite.LONG)
                .untilAsserted(() -> assertThat(sleepers.late().output())
                        .as("the phone whose first late ping met a reset")
                        .containsSubsequence(
                                "REGISTER: SIP/2.0 200 OK",
                                "lost: reading failed: Connection reset",
                                "REGISTER: SIP/2.0 200 OK"));
        assertThat(sleepers.prompt().output())
                .as("the one beside it that pings as was agreed")
                .contains("REGISTER: SIP/2.0 200 OK")
                .doesNotContain("lost: ");
        await().atMost(BedSite.LONG)
                .untilAsserted(() -> assertThat(sleepers.silent().output())
                        .as("the phone that does not ping")
                        .contains("REGISTER: SIP/2.0 200 OK", "lost: the far end closed the connection"));
        await().untilAsserted(() -> assertThat(site.proxy().otherTunnels("edge.pinhole.test:443"))
                .as("its tunnels, which the proxy ended before the edge would have")
                .extracting(line -> Integer.parseInt(line.trim().split("\\s+", -1)[1]) / 1000)
                .anyMatch(seconds -> seconds >= BedSite.PROXY_IDLE_SECONDS - 2 && seconds < BedSite.EDGE_IDLE_SECONDS));
    }
}

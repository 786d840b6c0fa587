package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.Kamailio;
import org.pinhole.suite.peer.NeedsPeer;

/**
 * Phones behind a firewall, the edge role before it, Kamailio as the registrar behind that. The firewall forgets what has been
 * idle: {@code -Dpinhole.bed.idle-seconds=60} is what firewalls do, for three times a minute; the default does the same sooner.
 */
@NeedsPeer({"ip", "nft", "kamailio", "baresip"})
@TestMethodOrder(OrderAnnotation.class) // others call while some are idle
@SuppressWarnings("NullAway.Init") // set before all tests
class KamailioBedIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int IDLE_SECONDS = Integer.getInteger("pinhole.bed.idle-seconds", 18);
    private static final int IDLE_PERIODS = IDLE_SECONDS < 60 ? 1 : 3;
    /** 45 of 60; of less, the least that can be set. */
    private static final int KEEP_SECONDS = IDLE_SECONDS < 60 ? 10 : IDLE_SECONDS * 3 / 4;

    /** Of a whole minute, what is set where nothing is. */
    private static final int USER_TIMEOUT_SECONDS = IDLE_SECONDS < 60 ? 3 : 25;

    /** The ports that the firewall lets out: on one the edge keeps flows alive, on the other it does not. */
    private static final String KEPT = Bed.EDGE + ":443";

    private static final String LEFT_ALONE = Bed.EDGE + ":80";

    @TempDir
    private static Path folder;

    private static Bed bed;
    private static Kamailio kamailio;
    private static PinholeServer server;

    /** Negotiates keep and pings. */
    private static Foreign alice;

    /** At the connector that does neither. */
    private static Foreign bob;

    /** A baresip that knows nothing of flows. */
    private static Foreign carol;

    private static Instant idleUntil;

    @BeforeAll
    static void anEdgeOutside() throws Exception {
        bed = Bed.up(folder);
        kamailio = Kamailio.start(Files.createDirectory(folder.resolve("kamailio")), bed.launcher("edge"));
        server = PinholeServer.install(folder, "kamailio-bed", new ContainerPorts(8080, 5060))
                .listeningOn(Bed.EDGE, 443)
                .withPush()
                .set(Map.of(
                        "pinhole.role", "edge",
                        "pinhole.contact", "path",
                        "pinhole.next-hop", kamailio.uri(),
                        "pinhole.digest.algorithms", "MD5",
                        "pinhole.keep-alive.seconds", String.valueOf(KEEP_SECONDS),
                        "pinhole.keep-alive.own-seconds", String.valueOf(KEEP_SECONDS),
                        "pinhole.tcp.user-timeout-seconds", String.valueOf(USER_TIMEOUT_SECONDS)))
                .setFor(
                        "org.example.Push",
                        Map.of(
                                "pinhole.connector", "tls://" + LEFT_ALONE,
                                "pinhole.keep-alive.seconds", "off",
                                "pinhole.keep-alive.own-seconds", "off"))
                .withoutApplications()
                .withUser("carol")
                .withUser("dave")
                .withUser("erin")
                .withUser("frank")
                .start(bed.launcher("edge"));
        whoFallsSilent();
    }

    private static void whoFallsSilent() throws Exception {
        bed.variant("idle", String.valueOf(IDLE_SECONDS));
        alice = ue("alice-keeps", "ue", "answer", "alice", KEPT, "--keep");
        bob = ue("bob-silent", "ue", "answer", "bob", LEFT_ALONE, "--keep");
        carol = phones("idle").plain("carol");
        await().atMost(SOON).untilAsserted(() -> assertThat(alice.output()).contains("waiting"));
        await().atMost(SOON).untilAsserted(() -> assertThat(bob.output()).contains("waiting"));
        await().atMost(SOON).untilAsserted(() -> assertThat(carol.output()).contains("[1 binding]"));
        idleUntil = Instant.now().plusSeconds((long) IDLE_PERIODS * IDLE_SECONDS + 2);
    }

    @AfterAll
    static void allIsTakenDown() throws Exception {
        for (Foreign phone : new Foreign[] {alice, bob, carol}) {
            if (phone != null) {
                phone.close();
            }
        }
        if (server != null) {
            server.close();
        }
        if (kamailio != null) {
            kamailio.close();
        }
        if (bed != null) {
            bed.close();
        }
    }

    @Test
    @Order(1)
    @Tag("O-6")
    @Tag("O-8")
    void twoBaresipsCallEachOtherByWayOfKamailio() throws Exception {
        Baresip phones = phones("calling");
        try (Foreign erin = phones.outbound("erin")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(erin.output()).contains("[1 binding]"));

            try (Foreign frank = phones.outbound("frank", "-e", "/dial sip:erin@" + PinholeServer.DOMAIN)) {
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(frank.output()).contains("Call established"));
                await().atMost(SOON)
                        .untilAsserted(() -> assertThat(erin.output()).contains("Call established"));
            } // a phone that is ended takes its leave

            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(erin.output()).contains("BYE sip:erin", "session closed"));
            assertThat(kamailio.trace()).contains("RECV INVITE", "RECV ACK", "RECV BYE");
        }
    }

    /** Alice pings, the edge keeps carol's flow by its own line breaks, and nobody does anything for bob's. */
    @Test
    @Order(2)
    @Tag("K-4")
    @Tag("O-7")
    void afterIdlePeriodsWhoeverIsKeptAliveIsReachableAndTheOtherIs430ForTheRegistrar() throws Exception {
        await().atMost(Duration.ofSeconds(4L * IDLE_SECONDS))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> Instant.now().isAfter(idleUntil));

        assertThat(calls("alice")).contains("200 OK");
        assertThat(calls("carol")).contains("200 OK");
        assertThat(calls("bob")).contains("480");
        assertThat(kamailio.trace()).contains("FAILED INVITE with 430").doesNotContain("with 408");
        assertThat(bed.drops()).isPositive();
    }

    /** What dave, who is outside, is told when he calls. */
    private static String calls(String user) throws Exception {
        String target = "sip:" + user + "@" + PinholeServer.DOMAIN;
        try (Foreign dave = ue("dave-calls-" + user, "peer", "call", "dave", KEPT, "--duration", "1", target)) {
            dave.await(Duration.ofMinutes(1));
            return dave.output();
        }
    }

    private static Foreign ue(String name, String namespace, String command, String user, String edge, String... more)
            throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Jdk.running().home().resolve("bin/java").toString(),
                "-Xmx64m",
                "-cp",
                Bed.classPath(),
                "org.pinhole.ue.cli.UeMain",
                command,
                "--server",
                edge,
                "--proxy",
                "none",
                "--domain",
                PinholeServer.DOMAIN,
                "--user",
                user,
                "--password-file",
                server.passwordFile(user).toString(),
                "--instance-file",
                folder.resolve(name + ".instance").toString(),
                "--ca-file",
                server.caFile().toString()));
        line.addAll(List.of(more));
        return bed.start(namespace, name, line);
    }

    private static Baresip phones(String name) throws Exception {
        return new Baresip(server, KEPT, Files.createDirectory(folder.resolve(name)), bed.launcher("ue"));
    }
}

package org.pinhole.suite.dropin;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;

/**
 * The sample application beside the registrar role, with a connector of its own: it pushes to phones over their flows, is
 * told when those die, and keeps them when pinhole.war is deployed anew.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class PushIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DESK = "00000000-0000-1000-8000-00000000000a";

    private static final String EDGE_BEFORE_US = "127.0.0.3";

    private final HttpClient http = HttpClient.newHttpClient();
    private Site site;
    private InetSocketAddress connector;

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("push");
        site.install(connector);
        site.operator().set(Map.of("pinhole.role", "registrar", "pinhole.edge-sources", EDGE_BEFORE_US));
        Files.writeString(
                site.home().resolve("conf/pinhole.properties"),
                "pinhole.pinhole.connector=none\norg.example.Push.pinhole.connector=tls://" + Loopback.text(connector)
                        + "\n",
                APPEND);
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.deployPush();
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    /** Pinhole itself keeps the bindings: no application of the operator's is asked. */
    @Test
    @Tag("O-9")
    @Tag("O-12")
    @Tag("K-13")
    void phonesRegisterAndCallEachOther() throws Exception {
        Story.passesAt(site, connector);
    }

    @Test
    @Tag("O-6")
    @Tag("O-14")
    void aMessageLeavesOnTheFlowOfThePhoneAndItsEndIsTold() throws Exception {
        try (PlainPhone alice = phone(Site.ALICE, Site.ALICE_PASSWORD)) {
            alice.register(DESK, 1);

            assertThat(push("sip:alice@pinhole.test", "tea").statusCode()).isEqualTo(202);
            String message = alice.next();
            alice.answer(message, 200, "OK");

            assertThat(message).startsWith("MESSAGE sip:alice@pinhole.test").endsWith("\r\n\r\ntea");
            assertThat(message).doesNotContain("Route:");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(journal()).contains("pushed to sip:alice@pinhole.test: 200"));
        }

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(journal()).containsPattern("flow [0-9a-f]{8} of sip:alice@pinhole.test failed: "));
        assertThat(push("sip:alice@pinhole.test", "tea").statusCode()).isEqualTo(404);
    }

    @Test
    void bindingsOutliveARedeploymentOfThePinholeWar() throws Exception {
        try (PlainPhone alice = phone(Site.ALICE, Site.ALICE_PASSWORD);
                PlainPhone bob = phone(Site.BOB, Site.BOB_PASSWORD)) {
            bob.register(DESK, 1);
            long deployments = deployments();

            site.redeployPinhole();
            await().atMost(PATIENCE).until(() -> deployments() > deployments);
            // the settings are told before the container has the application in service; until then it is 503
            await().atMost(PATIENCE).untilAsserted(() -> alice.begin("MESSAGE", "bob"));
            bob.answer(bob.next(), 200, "OK");

            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
        }
    }

    /** An edge of somebody else's connects on behalf of its phones: what it says of itself holds if it is one that we know. */
    @Test
    @Tag("O-4")
    @Tag("O-10")
    @Tag("trap-10")
    void anEdgeBeforeUsThatWeTrustIsTheFirstHopAndAnyOtherIsNone() throws Exception {
        String register = "Via: SIP/2.0/TLS 10.1.2.3:49152;branch=z9hG4bK" + UUID.randomUUID()
                + "\r\nPath: <sip:flow7@127.0.0.3:5061;lr;ob>\r\nSupported: path, outbound\r\n"
                + "Contact: <sip:bob@10.1.2.3:49152>;reg-id=1;+sip.instance=\"<urn:uuid:" + DESK + ">\"\r\n";
        try (PlainPhone alice = phone(Site.ALICE, Site.ALICE_PASSWORD);
                PlainPhone stranger = phone(Site.BOB, Site.BOB_PASSWORD);
                PlainPhone edge = PlainPhone.over(
                        Loopback.tlsFrom(EDGE_BEFORE_US, connector, site.caFile()), Site.BOB, Site.BOB_PASSWORD)) {
            assertThat(stranger.registerWith(register)).startsWith("SIP/2.0 439");
            assertThat(edge.registerWith(register))
                    .startsWith("SIP/2.0 200")
                    .contains("Require: outbound", "<sip:bob@10.1.2.3:49152>");

            alice.begin("MESSAGE", "bob");
            String message = edge.next();
            edge.answer(message, 200, "OK");

            assertThat(message).startsWith("MESSAGE sip:bob@10.1.2.3:49152 SIP/2.0");
            assertThat(message).contains("\r\nRoute: <sip:flow7@127.0.0.3:5061;lr;ob>\r\n");
            assertThat(alice.nextFinal()).startsWith("SIP/2.0 200");
        }
    }

    private long deployments() throws IOException {
        return site.log().lines().filter(line -> line.contains("serving realm")).count();
    }

    private PlainPhone phone(String user, String password) throws IOException {
        return PlainPhone.connect(connector, site.caFile(), user, password);
    }

    private HttpResponse<String> push(String to, String text) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(site.web().resolve("/push/push?to=" + to + "&text=" + text))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private String journal() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(site.web().resolve("/push/push")).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}

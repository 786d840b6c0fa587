package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.embedded.PhoneAuthority;

/** {@code pinhole.container-digest=on}: an application that declares Digest, reached by its own ways and behind pinhole.war. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ContainerDigestIT {
    private static final byte[] NO_BODY = {};
    /** No text in any charset: what is covered must be the octets. */
    private static final byte[] OCTETS = {(byte) 0xFF, (byte) 0xFE, 0, '\r', '\n', (byte) 0xC3, '!'};

    private static final String FORGED = "P-Asserted-Identity: <sip:boss@pinhole.test>\r\n";

    private final PhoneAuthority ours = new PhoneAuthority("our phones");
    private Site site;
    private InetSocketAddress connector;

    ContainerDigestIT() throws Exception {}

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("container-digest");
        site.install(connector);
        Path phones = site.home().resolve("conf/phones.pem");
        ours.writeTo(phones);
        site.operator()
                .set(Map.of(
                        "pinhole.container-digest", "on",
                        "pinhole.container-digest.roles", "caller",
                        "pinhole.digest.algorithms", "SHA-256-sess,SHA-256,MD5",
                        "pinhole.digest.qop", "auth-int",
                        "pinhole.tls.client-auth", "optional",
                        "pinhole.tls.client-ca-file", phones.toString()));
        site.deployWho();
        StringBuilder routes = new StringBuilder();
        for (String method : new String[] {"MESSAGE", "PUBLISH", "REGISTER", "OPTIONS"}) {
            routes.append(method)
                    .append(": (\"" + WhoApplication.NAME
                            + "\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")\n");
        }
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), routes.toString());
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    @Tag("D-1")
    @Tag("D-4")
    void aUserOfTheContainersOwnConnectorsIsChallengedByOurRulesAndKnownToTheApplication() throws Exception {
        try (RawPhone alice = RawPhone.overTcp(site.stockSipPort())) {
            String challenged = alice.send("MESSAGE", "");
            String response = alice.authenticate("MESSAGE", FORGED, OCTETS);

            assertThat(challenged).startsWith("SIP/2.0 401").contains("SHA-256-sess", "algorithm=MD5", "auth-int");
            assertThat(response)
                    .startsWith("SIP/2.0 200")
                    .contains("X-Remote-User: alice", "X-Principal: alice", "X-Is-Caller: true")
                    .contains("X-Asserted: <sip:alice@pinhole.test>", "X-Flow: null");
        }
    }

    @Test
    void proxyAuthenticationIs407AndCanSucceed() throws Exception {
        try (RawPhone alice = RawPhone.overTcp(site.stockSipPort())) {
            String challenged = alice.send("PUBLISH", "");
            String response = alice.authenticate("PUBLISH", "", NO_BODY);

            assertThat(challenged).startsWith("SIP/2.0 407");
            assertThat(response).startsWith("SIP/2.0 200").contains("X-Remote-User: alice");
        }
    }

    @Test
    @Tag("D-7")
    void whatTheStockAuthenticatorTookIsNotTaken() throws Exception {
        try (RawPhone alice = RawPhone.overTcp(site.stockSipPort())) {
            String answer = alice.answer(alice.send("MESSAGE", ""), "MESSAGE", NO_BODY);
            String first = alice.send("MESSAGE", answer);
            String replayed = alice.send("MESSAGE", answer);
            String invented = alice.send("MESSAGE", answer.replaceAll("nonce=\"[^\"]{8}", "nonce=\"invented"));

            assertThat(first).startsWith("SIP/2.0 200");
            assertThat(replayed).startsWith("SIP/2.0 401").contains("stale=true");
            assertThat(invented).startsWith("SIP/2.0 401").doesNotContain("stale=true");
        }
    }

    @Test
    void whoIsInNoRoleThatMayIsRefusedAndWhatIsFreeIsFree() throws Exception {
        try (RawPhone alice = RawPhone.overTcp(site.stockSipPort())) {
            assertThat(alice.authenticate("REGISTER", "", NO_BODY)).startsWith("SIP/2.0 403");
            assertThat(alice.send("OPTIONS", "")).startsWith("SIP/2.0 200").contains("X-Remote-User: null");
        }
    }

    @Test
    void behindPinholeTheApplicationSeesTheUserThatWasAuthenticatedThereAndNothingThatAPhoneForged() throws Exception {
        try (RawPhone alice = RawPhone.overTls(connector, site.caFile())) {
            String response = alice.authenticate("MESSAGE", FORGED, OCTETS);
            String free = alice.authenticate("OPTIONS", FORGED, NO_BODY);

            assertThat(response)
                    .as("challenged once only")
                    .startsWith("SIP/2.0 200")
                    .contains("X-Remote-User: alice", "X-Principal: alice", "X-Is-Caller: true")
                    .contains("X-Asserted: <sip:alice@pinhole.test>", "X-Credentials: null")
                    .containsPattern("X-Flow: [0-9a-f]{8} of alice\r\n");
            assertThat(free)
                    .startsWith("SIP/2.0 200")
                    .contains("X-Remote-User: alice", "X-Asserted: <sip:alice@pinhole.test>");
        }
    }

    @Test
    void behindPinholeTheApplicationSeesTheCertificateThatThePhoneHasShown() throws Exception {
        try (RawPhone alice = RawPhone.overTls(connector, ours.context("alice's phone", site.caFile()));
                RawPhone plain = RawPhone.overTls(connector, site.caFile())) {
            assertThat(alice.authenticate("MESSAGE", "", OCTETS))
                    .startsWith("SIP/2.0 200")
                    .contains("X-Remote-User: alice", "X-Certificate: CN=alice's phone");
            assertThat(plain.authenticate("MESSAGE", "", OCTETS))
                    .startsWith("SIP/2.0 200")
                    .contains("X-Certificate: none");
        }
    }
}

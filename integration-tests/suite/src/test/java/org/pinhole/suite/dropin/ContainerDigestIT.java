package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pinhole.suite.container.Jdk;
import org.pinhole.suite.embedded.PhoneAuthority;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** {@code pinhole.container-digest=on}: an application that declares Digest, reached by its own ways and behind pinhole.war. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class ContainerDigestIT {
    private static final byte[] NO_BODY = {};
    /** No text in any charset: what is covered must be the octets. */
    private static final byte[] OCTETS = {(byte) 0xFF, (byte) 0xFE, 0, '\r', '\n', (byte) 0xC3, '!'};

    private static final String FORGED = "P-Asserted-Identity: <sip:boss@pinhole.test>\r\n";

    private static final String OTHER = "other.test";
    private static final String EDGE_OF_OTHER = "edge.other.test";

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
        for (String method : new String[] {"MESSAGE", "PUBLISH", "REGISTER", "OPTIONS", "INVITE"}) {
            routes.append(method)
                    .append(": (\"" + WhoApplication.NAME
                            + "\", \"DAR:From\", \"ORIGINATING\", \"\", \"NO_ROUTE\", \"0\")\n");
        }
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), routes.toString());
        site.addUsers();
        Files.writeString(
                site.home().resolve("conf/pinhole.users"),
                "alice:" + OTHER + ":" + sha256("alice:" + OTHER + ":" + Site.ALICE_PASSWORD) + ":SHA-256\n",
                StandardOpenOption.APPEND);
        site.operator()
                .set(Map.of(
                        "pinhole.digest.realm",
                        Site.DOMAIN + "," + OTHER,
                        "pinhole.tls.self-signed-names",
                        "127.0.0.1," + Site.DOMAIN + "," + EDGE_OF_OTHER));
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

    /** The container would remember each for three minutes. */
    @Test
    void whatIsChallengedOrRefusedIsForgotten() throws Exception {
        try (RawPhone stranger = RawPhone.overTcp(site.stockSipPort());
                RawPhone alice = RawPhone.overTcp(site.stockSipPort())) {
            int before = sessions(stranger);
            for (int i = 0; i < 50; i++) {
                assertThat(stranger.send("MESSAGE", "")).startsWith("SIP/2.0 401");
                assertThat(alice.authenticate("REGISTER", "", NO_BODY)).startsWith("SIP/2.0 403");
            }

            assertThat(sessions(stranger)).isLessThan(before + 50);
        }
    }

    private static int sessions(RawPhone phone) throws Exception {
        String answer = phone.send("OPTIONS", "");
        return Integer.parseInt(answer.replaceAll("(?s).*\r\nX-Sessions: (\\d+)\r\n.*", "$1"));
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
                    .containsPattern("X-Flow: [0-9a-f]{8} of sip:alice@pinhole\\.test\r\n");
            assertThat(free)
                    .startsWith("SIP/2.0 200")
                    .contains("X-Remote-User: alice", "X-Asserted: <sip:alice@pinhole.test>");
        }
    }

    /** Asked anew, the phone could answer in vain: its credentials end at the connector. */
    @Test
    void aCallThatAProxyAsksForIsItsCallersUntilHeHangsUpAndNobodyElses() throws Exception {
        try (RawPhone alice = RawPhone.overTls(connector, site.caFile());
                RawPhone stranger = RawPhone.overTcp(site.stockSipPort())) {
            String ok = alice.authenticate("INVITE", "Contact: <sip:alice@127.0.0.1:5999;transport=tls>\r\n", NO_BODY);
            assertThat(ok).startsWith("SIP/2.0 200").contains("X-Remote-User: alice");
            alice.acknowledge(ok);

            assertThat(stranger.within("INFO", 11, ok)).matches("(?s)SIP/2.0 40[37] .*");
            int number = 20;
            for (String method : new String[] {"INFO", "INVITE", "BYE"}) {
                String answer = alice.within(method, ++number, ok);
                assertThat(answer).as(method).startsWith("SIP/2.0 200").contains("X-Remote-User: alice");
                if (method.equals("INVITE")) {
                    alice.acknowledge(answer);
                }
            }
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

    @Test
    void ofSeveralRealmsTheSendersDomainSaysWhichElseTheNameThatTlsAskedFor() throws Exception {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(site.caFile()))
                .named(EDGE_OF_OTHER);
        try (RawPhone byDomain = RawPhone.overTls(connector, site.caFile()).of(OTHER);
                RawPhone bySni = RawPhone.overTls(route).of("elsewhere.example");
                RawPhone domainFirst = RawPhone.overTls(route)) {
            assertThat(byDomain.authenticate("OPTIONS", "", NO_BODY))
                    .startsWith("SIP/2.0 200")
                    .contains("X-Asserted: <sip:alice@other.test>");
            assertThat(bySni.authenticate("OPTIONS", "", NO_BODY))
                    .startsWith("SIP/2.0 200")
                    .contains("X-Asserted: <sip:alice@other.test>");
            assertThat(domainFirst.authenticate("OPTIONS", "", NO_BODY))
                    .startsWith("SIP/2.0 200")
                    .contains("X-Asserted: <sip:alice@pinhole.test>");
        }
    }

    @Test
    @Tag("D-13")
    void whoGuessesTenTimesHasToWaitAndHisNeighbourHasNot() throws Exception {
        try (RawPhone guesser = RawPhone.overTls(connector, site.caFile());
                RawPhone bob = RawPhone.overTls(connector, site.caFile()).as(Site.BOB, Site.BOB_PASSWORD);
                RawPhone alice = RawPhone.overTls(connector, site.caFile())) {
            for (String user : new String[] {Site.BOB, "nobody"}) {
                guesser.as(user, "a guess");
                for (int guess = 1; guess <= 10; guess++) {
                    assertThat(guesser.authenticate("OPTIONS", "", NO_BODY)).startsWith("SIP/2.0 407");
                }
                assertThat(guesser.authenticate("OPTIONS", "", NO_BODY))
                        .as(user)
                        .startsWith("SIP/2.0 500 Too Many Wrong Passwords")
                        .contains("Retry-After: ");
            }

            assertThat(bob.authenticate("OPTIONS", "", NO_BODY)).startsWith("SIP/2.0 500");
            assertThat(alice.authenticate("OPTIONS", "", NO_BODY)).startsWith("SIP/2.0 200");
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void credentialsAreReadInEveryFormThatIsAllowed(String name, UnaryOperator<String> form) throws Exception {
        try (RawPhone alice = RawPhone.overTls(connector, site.caFile())) {
            String written = form.apply(alice.answer(alice.send("OPTIONS", ""), "OPTIONS", NO_BODY));

            String response = alice.send("OPTIONS", written);

            assertThat(response).as("%s: %s", name, written).startsWith("SIP/2.0 200");
            assertThat(response).contains("X-Remote-User: alice");
        }
    }

    /** Each is read by the container's parser first, then by ours. */
    private static Stream<Arguments> forms() {
        String another = "Proxy-Authorization: Digest username=\"a\",realm=\"elsewhere\",nonce=\"n\","
                + "uri=\"sip:elsewhere\",response=\"00\"\r\n";
        return Stream.of(
                form("as it is", answer -> answer),
                form(
                        "lower case",
                        answer -> answer.replace("Proxy-Authorization: Digest", "proxy-authorization: digest")),
                form(
                        "names in upper case",
                        answer -> answer.replace("nonce=", "NONCE=").replace("realm=", "REALM=")),
                form("folded", answer -> answer.replace(",", ",\r\n ")),
                form("blanks", answer -> answer.replace(",", " , ").replace("realm=", "realm = ")),
                form(
                        "quotes around tokens",
                        answer -> answer.replaceAll("nc=([0-9a-f]+)", "nc=\"$1\"")
                                .replaceAll("(qop|algorithm)=([\\w-]+)", "$1=\"$2\"")),
                form("commas in quotes", answer -> answer.replace("\r\n", ",opaque=\"a, b=\\\"c\\\", d\"\r\n")),
                form("behind another server's", answer -> another + answer),
                form("before another scheme's", answer -> answer + "Proxy-Authorization: Basic YTpi\r\n"));
    }

    private static Arguments form(String name, UnaryOperator<String> change) {
        return Arguments.of(name, change);
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

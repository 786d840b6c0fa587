package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One application whose connectors ask nobody, may be shown, and must be shown a certificate; what applications see of it. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class MutualTlsIT {
    private static final String APPLICATION = "certificates";
    private static final String IN_FRONT = "passing-on";
    private static final int OPEN_PORT = Embedded.freePort();
    private static final int OPTIONAL_PORT = Embedded.freePort();
    private static final int CLOSED_PORT = Embedded.freePort();
    private static final Path FOLDER = Path.of(System.getProperty("embedded.home"), "mutual-tls");
    private static final String ALICE = "CN=alice;CN=our phones;";

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    private final PhoneAuthority ours = new PhoneAuthority("our phones");

    MutualTlsIT() throws Exception {}

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Certificates",
                CertificatesServlet.class,
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:%d,tls://127.0.0.1:%d,tls://127.0.0.1:%d"
                                .formatted(OPEN_PORT, OPTIONAL_PORT, CLOSED_PORT),
                        "pinhole.tls.client-auth",
                        "none,optional,required",
                        "pinhole.tls.client-ca-file",
                        FOLDER.resolve("phones.pem").toAbsolutePath().toString(),
                        "pinhole.tls.self-signed-names",
                        "localhost,127.0.0.1"));
    }

    @Deployment(name = IN_FRONT, managed = false, testable = false)
    static WebArchive inFront() {
        return TestApplication.named("PassingOn", PassingOnServlet.class, Map.of());
    }

    @BeforeEach
    void deploy() throws Exception {
        Files.createDirectories(FOLDER);
        ours.writeTo(FOLDER.resolve("phones.pem"));
        deployer.deploy(APPLICATION);
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(APPLICATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    @Tag("P-2")
    void whereACertificateIsRequiredAPhoneWithoutOneOrWithAStrangersGetsAnAlert(String version) throws Exception {
        PhoneAuthority strange = new PhoneAuthority("strangers");

        for (KeyManager[] shown : new KeyManager[][] {null, strange.phone("alice")}) {
            assertThatThrownBy(() -> subscribe(CLOSED_PORT, context(shown), version))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("fatal alert: ");
        }
        assertThatThrownBy(() -> subscribe(OPTIONAL_PORT, context(strange.phone("alice")), version))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("fatal alert: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theApplicationSeesTheChainAlsoOfASessionThatOutlivesTheConnector(String version) throws Exception {
        for (int port : new int[] {CLOSED_PORT, OPTIONAL_PORT}) {
            SSLContext alice = context(ours.phone("alice"));
            assertThat(certificatesOn("INVITE", port, port, alice, version)).isEqualTo(ALICE);

            deployer.undeploy(APPLICATION);
            deployer.deploy(APPLICATION);
            try (ContainerLog log = ContainerLog.follow()) {
                assertThat(certificatesOn("INVITE", port, port, alice, version)).isEqualTo(ALICE);
                assertThat(log.lines())
                        .anyMatch(line -> line.matches("flow \\S+ opened " + version + " \\S+ resumed .*"));
            }
        }
    }

    @Test
    void nothingThatAPhoneWritesBringsItAbout() throws Exception {
        try (SipConnection alice = connect(CLOSED_PORT, CLOSED_PORT, context(ours.phone("alice")), "TLSv1.3");
                SipConnection mallory = connect(OPEN_PORT, OPEN_PORT, context(null), "TLSv1.3")) {
            String call = UUID.randomUUID().toString();
            alice.send(request("INVITE", call, 1, "INVITE", ""));
            assertThat(finalAnswer(alice).header("X-Certificates")).isEqualTo(ALICE);

            mallory.send(request("INVITE", UUID.randomUUID().toString(), 1, "INVITE", "")
                    .replace(
                            "Max-Forwards",
                            "Via: SIP/2.0/TLS 10.1.2.3:5999;branch=z9hG4bK" + call + "INVITE\r\n"
                                    + "javax.servlet.request.X509Certificate: CN=alice\r\nMax-Forwards"));
            assertThat(finalAnswer(mallory).header("X-Certificates")).isEqualTo("none");
        }
    }

    @Test
    void theOtherConnectorsOfTheApplicationAskNobodyOrTakeWhoHasNone() throws Exception {
        assertThat(certificatesOn("INVITE", OPEN_PORT, OPEN_PORT, context(ours.phone("alice")), "TLSv1.3"))
                .isEqualTo("none");
        assertThat(certificatesOn("INVITE", OPTIONAL_PORT, OPTIONAL_PORT, context(null), "TLSv1.3"))
                .isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionOfAConnectorThatAsksNobodyDoesNotOpenTheOneThatRequires(String version) throws Exception {
        SSLContext nobody = context(null);
        certificatesOn("INVITE", OPEN_PORT, OPEN_PORT, nobody, version);

        assertThatThrownBy(() -> certificatesOn("INVITE", CLOSED_PORT, OPEN_PORT, nobody, version))
                .isInstanceOf(SSLException.class)
                .hasMessageContaining("fatal alert: ");
    }

    @Test
    void anApplicationBehindAnotherSeesItToo() throws Exception {
        deployer.deploy(IN_FRONT);
        try {
            assertThat(subscribe(CLOSED_PORT, context(ours.phone("alice")), "TLSv1.3"))
                    .isEqualTo(ALICE);
            assertThat(subscribe(OPEN_PORT, context(ours.phone("alice")), "TLSv1.3"))
                    .isEqualTo("none");
        } finally {
            deployer.undeploy(IN_FRONT);
        }
    }

    @Test
    void theRestOfACallHasItToo() throws Exception {
        try (SipConnection alice = connect(CLOSED_PORT, CLOSED_PORT, context(ours.phone("alice")), "TLSv1.3")) {
            String call = UUID.randomUUID().toString();
            alice.send(request("INVITE", call, 1, "INVITE", ""));
            SipResponse answer = finalAnswer(alice);
            String toTag = answer.header("To").replaceFirst(".*(;tag=.*)", "$1");
            alice.send(request("ACK", call, 1, "ACK", toTag));
            alice.send(request("BYE", call, 2, "BYE", toTag));
            SipResponse goodbye = alice.read();

            assertThat(goodbye.status()).isEqualTo(200);
            assertThat(goodbye.header("X-Certificates")).isEqualTo(ALICE);
            assertThat(goodbye.header("X-Certificates-Of-Ack")).isEqualTo(ALICE);
        }
    }

    @Test
    void theCancelOfACallHasItToo() throws Exception {
        SSLContext context = context(ours.phone("alice"));
        try (SipConnection alice = connect(CLOSED_PORT, CLOSED_PORT, context, "TLSv1.3")) {
            String call = UUID.randomUUID().toString();
            alice.send(request("INVITE", call, 1, "INVITE", "").replace("Event: presence", "X-Ring: yes"));
            SipResponse ringing = alice.read();
            while (ringing.status() != 180) {
                ringing = alice.read();
            }
            alice.send(request("CANCEL", call, 1, "INVITE", ""));
            SipResponse ended = finalAnswer(alice);
            while (ended.status() != 487) {
                ended = finalAnswer(alice);
            }

            await().untilAsserted(() -> {
                try (SipConnection other = connect(CLOSED_PORT, CLOSED_PORT, context, "TLSv1.3")) {
                    other.send(request("SUBSCRIBE", UUID.randomUUID().toString(), 1, "SUBSCRIBE", ""));
                    assertThat(finalAnswer(other).header("X-Certificates-Of-Cancel"))
                            .isEqualTo(ALICE);
                }
            });
        }
    }

    private static SSLContext context(KeyManager @Nullable [] shown) throws Exception {
        return SipConnection.trusting(Embedded.caFile(), shown);
    }

    private static String subscribe(int port, SSLContext context, String version) throws Exception {
        return certificatesOn("SUBSCRIBE", port, port, context, version);
    }

    private static String certificatesOn(String method, int port, int sessionPort, SSLContext context, String version)
            throws Exception {
        try (SipConnection phone = connect(port, sessionPort, context, version)) {
            phone.send(request(method, UUID.randomUUID().toString(), 1, method, ""));
            SipResponse answer = finalAnswer(phone);
            assertThat(answer.status()).isEqualTo(200);
            return answer.header("X-Certificates");
        }
    }

    private static SipResponse finalAnswer(SipConnection phone) throws IOException {
        SipResponse answer = phone.read();
        while (answer.status() < 200) {
            answer = phone.read();
        }
        return answer;
    }

    private static SipConnection connect(int port, int sessionPort, SSLContext context, String version)
            throws IOException {
        return SipConnection.tls(new Socket(InetAddress.getLoopbackAddress(), port), sessionPort, context, version);
    }

    private static String request(String method, String call, int number, String branch, String toTag) {
        return """
                %1$s sip:service@example.org SIP/2.0
                Via: SIP/2.0/TLS 10.1.2.3:5999;branch=z9hG4bK%2$s%4$s;rport
                Max-Forwards: 70
                From: <sip:alice@pinhole.test>;tag=%2$s
                To: <sip:service@pinhole.test>%5$s
                Call-ID: %2$s
                CSeq: %3$d %1$s
                Event: presence
                Contact: <sip:alice@10.1.2.3:5999;transport=tls>
                Content-Length: 0

                """.formatted(method, call, number, branch, toTag).replace("\n", "\r\n");
    }
}

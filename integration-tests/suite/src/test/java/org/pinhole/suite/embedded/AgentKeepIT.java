package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** An application opens a TLS listener by its descriptor alone, and a phone keeps its flow alive over it. */
class AgentKeepIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();
    private static final int TCP_PORT = Embedded.freePort();
    private static final Path SCENARIO = Path.of("src/test/sipp/keep.xml").toAbsolutePath();
    private static final int SIPPS_PHONES = 50;
    private static final String PING = "\r\n\r\n";
    private static final String PONG = "\r\n";

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Register",
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:%d, tcp://127.0.0.1:%d".formatted(TLS_PORT, TCP_PORT),
                        "pinhole.role",
                        "edge"));
    }

    @Test
    @Tag("K-2")
    @Tag("K-7")
    @Tag("P-1")
    void theAnswerToARegisterCarriesAValueForKeep() throws Exception {
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            connection.send(SipRequests.request("REGISTER", "TLS", ";keep"));

            SipResponse response = connection.read();

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.header("Via")).containsPattern(";keep=45(;|$)");
        }
    }

    /** In TS 24.229 a P-CSCF may look for a NAT first. In front of this connector is a firewall, which shows in no address. */
    @Test
    @Tag("K-17")
    void aPhoneThatIsBehindNoNatIsToldToPingToo() throws Exception {
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            String register = SipRequests.request("REGISTER", "TLS", ";keep")
                    .replace("127.0.0.1:5999", "127.0.0.1:" + connection.localPort());
            connection.send(register);

            SipResponse response = connection.read();

            assertThat(register).contains("Via: SIP/2.0/TLS 127.0.0.1:" + connection.localPort());
            assertThat(response.header("Via")).containsPattern(";keep=45(;|$)");
        }
    }

    /** Each on a connection of its own; what each checks is in the scenario. */
    @Test
    @NeedsPeer("sipp")
    @Tag("K-2")
    @Tag("K-6")
    @Tag("K-7")
    void fiftyPhonesOfSippAreToldHowOftenToPingForAsLongAsTheyOfferIt(@TempDir Path folder) throws Exception {
        try (Foreign sipp = Foreign.start(
                folder,
                "sipp",
                ("sipp -nostdin -t tn -max_socket 1000 -m %1$d -r %1$d -timeout 45 -timeout_error -i 127.0.0.1 -trace_err"
                                + " -error_file sipp.errors -trace_msg -message_file sipp.messages -sf %2$s 127.0.0.1:%3$d")
                        .formatted(SIPPS_PHONES, SCENARIO, TCP_PORT)
                        .split(" ", -1))) {
            int code = sipp.await(Duration.ofSeconds(60));

            assertThat(code).as(sipp.output()).isZero();
        }
    }

    @Test
    @Tag("K-1")
    void aRequestThatOffersNothingIsAnsweredWithoutKeep() throws Exception {
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            connection.send(SipRequests.request("REGISTER", "TLS"));

            assertThat(connection.read().header("Via")).doesNotContain("keep");
        }
    }

    @Test
    @Tag("O-1")
    void aPingIsAnsweredBeforeAnySipMessage() throws Exception {
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            connection.send(PING);

            assertThat(connection.readExactly(2)).isEqualTo(PONG);
        }
    }

    @Test
    @Tag("O-1")
    @Tag("trap-1")
    void aPingInTwoRecordsGetsExactlyOnePong() throws Exception {
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            connection.send("\r\n");
            connection.send("\r\n");
            connection.send(SipRequests.request("REGISTER", "TLS", ";keep"));

            assertThat(connection.readExactly(2 + "SIP/2.0".length())).isEqualTo(PONG + "SIP/2.0");
        }
    }

    /** STUN is the technique of datagrams (RFC 5626 §4.4.2), and no connector of ours has those: nothing is agreed there. */
    @Test
    @Tag("K-15")
    @Tag("O-3")
    void whereStunWouldBeTheTechniqueNoOfferIsAccepted() throws Exception {
        try (DatagramSocket phone = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            phone.setSoTimeout(10_000);
            byte[] register = SipRequests.request("REGISTER", "UDP", ";keep").getBytes(StandardCharsets.UTF_8);
            phone.send(
                    new DatagramPacket(register, register.length, InetAddress.getLoopbackAddress(), Embedded.SIP_PORT));
            DatagramPacket answer = new DatagramPacket(new byte[8192], 8192);
            phone.receive(answer);

            assertThat(new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8))
                    .startsWith("SIP/2.0 200")
                    .containsPattern(";keep(;|\r)")
                    .doesNotContain("keep=");
        }
    }

    @Test
    void thePortClosesWithTheApplicationAndOpensAgainWithIt() throws Exception {
        assertThat(Embedded.listens(TLS_PORT)).isTrue();

        undeploy();
        await().untilAsserted(() -> assertThat(Embedded.listens(TLS_PORT)).isFalse());

        deploy();
        try (SipConnection connection = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            connection.send(PING);

            assertThat(connection.readExactly(2)).isEqualTo(PONG);
        }
    }
}

package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.mobicents.servlet.sip.SipConnector;
import org.mobicents.servlet.sip.catalina.SipStandardService;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;
import org.pinhole.suite.embedded.RelayedCall.End;

/** The container has a TLS connector of its own, and had it first: it is the one that the container itself would take. */
class StockTlsBesideIT extends DeployedForEachTest {
    private static final int STOCK_PORT = Embedded.freePort();
    private static final int FIRST_PORT = Embedded.freePort();
    private static final int SECOND_PORT = Embedded.freePort();
    private static final String ALICE = "sip:alice@10.1.2.3:49152;transport=tls";
    private static final String BOB = "sip:bob@10.1.2.4:49152;transport=tls";

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay",
                RelayingServlet.class,
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:%d,tls://127.0.0.1:%d".formatted(FIRST_PORT, SECOND_PORT),
                        "pinhole.tls.self-signed-names",
                        "localhost,127.0.0.1"));
    }

    @BeforeEach
    @Override
    void deploy() throws Exception { // the stock one first
        SipConnector stock = new SipConnector();
        stock.setIpAddress("127.0.0.1");
        stock.setPort(STOCK_PORT);
        stock.setTransport("TLS");
        assertThat(service().addSipConnector(stock)).isTrue();
        super.deploy();
    }

    @AfterEach
    @Override
    void undeploy() throws Exception {
        super.undeploy();
        service().removeSipConnector("127.0.0.1", STOCK_PORT, "TLS");
    }

    private static SipStandardService service() {
        return (SipStandardService) StaticServiceHolder.sipStandardService;
    }

    @Test
    @Tag("O-6")
    @Tag("P-1")
    void phonesAreToldTheConnectorThatTheyAreOnAndTheCallStaysOnTheirFlows() throws Exception {
        for (List<Integer> ports : List.of(List.of(FIRST_PORT, FIRST_PORT), List.of(SECOND_PORT, FIRST_PORT))) {
            int alices = ports.get(0);
            int bobs = ports.get(1);
            try (SipConnection alice = SipConnection.tls(alices, Embedded.caFile());
                    SipConnection bob = SipConnection.tls(bobs, Embedded.caFile())) {
                RelayedCall call = RelayedCall.of(new End(alice, "TLS", ALICE), new End(bob, "TLS", BOB));

                assertThat(call.ack()).startsWith("ACK " + BOB + " SIP/2.0\r\n");
                assertThat(call.bye()).startsWith("BYE " + BOB + " SIP/2.0\r\n");
                assertThat(call.invite() + call.ack() + call.bye())
                        .contains("Via: SIP/2.0/TLS 127.0.0.1:" + bobs + ";")
                        .contains("Record-Route: <sip:127.0.0.1:" + bobs + ";transport=tls")
                        .doesNotContain(":" + STOCK_PORT);
                assertThat(call.ok().text())
                        .contains("Record-Route: <sip:127.0.0.1:" + alices + ";transport=tls")
                        .doesNotContain(":" + STOCK_PORT);
            }
        }
    }

    /** The container's own TLS connector could dial: for a request by the Contact, for a response by the Via (RFC 3261 §18.2.2). */
    @Test
    @Tag("O-7")
    @Tag("P-7")
    @Tag("trap-6")
    @Tag("trap-7")
    void nobodyIsDialledAlthoughTheContainersOwnConnectorCould() throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SipConnection bob = SipConnection.tls(FIRST_PORT, Embedded.caFile());
                SipConnection carol = SipConnection.tls(SECOND_PORT, Embedded.caFile())) {
            elsewhere.setSoTimeout(1_000);
            String authority = "127.0.0.1:" + elsewhere.getLocalPort();
            String alices = "sip:alice@" + authority + ";transport=tls";
            String gone;
            String invite;
            int port;
            try (ContainerLog log = ContainerLog.follow()) {
                SipConnection alice = SipConnection.tls(FIRST_PORT, Embedded.caFile());
                port = alice.localPort();
                gone = Relayed.announce(alice, "TLS", alices);
                alice.send(Relayed.invite("TLS", alices, Relayed.announce(bob, "TLS", BOB))
                        .replace("127.0.0.1:5999", authority));
                invite = bob.readRequest();
                alice.reset(); // so that its port is free
                await().untilAsserted(() -> assertThat(log.lines())
                        .anySatisfy(line -> assertThat(line).matches("flow [0-9a-f]{8} closed: .*")));
            }

            try (ServerSocket whereSheWas = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                whereSheWas.setSoTimeout(1_000);
                bob.send(Relayed.ok(invite, "").replace("SIP/2.0 200 OK", "SIP/2.0 180 Ringing"));
                bob.send(Relayed.ok(invite, "").replace("SIP/2.0 200 OK", "SIP/2.0 486 Busy Here"));
                carol.send(Relayed.publish("TLS", "sip:carol@10.9.9.9", "X-Relay-To: " + gone));

                assertThat(bob.readRequest()).startsWith("ACK ");
                assertThat(carol.read().status()).isEqualTo(430);
                assertThatThrownBy(whereSheWas::accept).isInstanceOf(SocketTimeoutException.class);
            }
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** The container sends it to where the re-INVITE came from, because the transaction by which it knew the connection is over. */
    @Test
    @Tag("K-8")
    @Tag("O-7")
    @Tag("P-7")
    @Tag("trap-4")
    @Tag("trap-7")
    void anAnswerThatIsSentAgainLeavesOnTheFlowAndNobodyIsDialledForIt() throws Exception {
        try (SipConnection bob = SipConnection.tls(FIRST_PORT, Embedded.caFile())) {
            String again;
            int port;
            try (ContainerLog log = ContainerLog.follow()) {
                SipConnection alice = SipConnection.tls(FIRST_PORT, Embedded.caFile());
                port = alice.localPort();
                alice.send(Relayed.invite("TLS", ALICE, Relayed.announce(bob, "TLS", BOB)));
                bob.send(Relayed.ok(bob.readRequest(), "Contact: <" + BOB + ">\r\n"));
                SipResponse ok = nextFinal(alice);
                alice.send(Relayed.withinDialog("ACK", 1, "TLS", ok));
                assertThat(bob.readRequest()).startsWith("ACK ");
                alice.send(Relayed.withinDialog("INVITE", 2, "TLS", ok)
                        .replace(";rport", ";rport;keep")
                        .replace("Max-Forwards", "Contact: <" + ALICE + ">\r\nMax-Forwards"));
                again = Relayed.ok(bob.readRequest(), "Contact: <" + BOB + ">\r\n");

                bob.send(again);
                SipResponse first = nextFinal(alice);
                bob.send(again);
                SipResponse second = nextFinal(alice);

                assertThat(first.status()).isEqualTo(200);
                assertThat(second.text()).isEqualTo(first.text()).contains("CSeq: 2 INVITE", ";keep=45");
                alice.reset(); // so that its port is free
                await().untilAsserted(() -> assertThat(log.lines())
                        .anySatisfy(line -> assertThat(line).matches("flow [0-9a-f]{8} closed: .*")));
            }
            try (ServerSocket whereSheWas = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                whereSheWas.setSoTimeout(1_000);
                bob.send(again);

                assertThatThrownBy(whereSheWas::accept).isInstanceOf(SocketTimeoutException.class);
            }
        }
    }

    private static SipResponse nextFinal(SipConnection phone) throws Exception {
        SipResponse response = phone.read();
        while (response.status() < 200) {
            response = phone.read();
        }
        return response;
    }
}

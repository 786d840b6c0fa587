package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application goes and comes again while phones are connected: its ports do too. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class RedeployIT {
    private static final String APPLICATION = "relay";
    private static final int TLS_PORT = Embedded.freePort();
    private static final int TCP_PORT = Embedded.freePort();
    /** A fatal one, but for its last byte. */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2};
    /** The first bytes of a ClientHello of 512 bytes, and then silence. */
    private static final byte[] HALF_CLIENT_HELLO = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xFC, 3, 3};

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay",
                RelayingServlet.class,
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:" + TLS_PORT + ",tcp://127.0.0.1:" + TCP_PORT,
                        "pinhole.tls.self-signed-names",
                        "localhost,127.0.0.1"));
    }

    @Test
    void undeployEndsFlowsAndHalfHandshakesAndThePortIsFreeAtOnceAndTakenAgain() throws Exception {
        deployer.deploy(APPLICATION);
        try (SipConnection overTls = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection overTcp = SipConnection.tcp(TCP_PORT);
                Socket midHandshake = new Socket(InetAddress.getLoopbackAddress(), TLS_PORT)) {
            Relayed.announce(overTls, "TLS", "sip:alice@10.1.2.3");
            Relayed.announce(overTcp, "TCP", "sip:bob@10.1.2.4");
            midHandshake.setSoTimeout(10_000);
            midHandshake.getOutputStream().write(HALF_CLIENT_HELLO);

            deployer.undeploy(APPLICATION);
            bindAndRelease(TLS_PORT);
            bindAndRelease(TCP_PORT);

            assertThat(overTls.isAtItsEnd()).isTrue();
            assertThat(overTcp.isAtItsEnd()).isTrue();
            assertThat(midHandshake.getInputStream().readAllBytes()).startsWith(ALERT);
        }
        deployer.deploy(APPLICATION);
        try (SipConnection again = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            assertThat(Relayed.announce(again, "TLS", "sip:alice@10.1.2.3")).contains("127.0.0.1:" + TLS_PORT);
        } finally {
            deployer.undeploy(APPLICATION);
        }
    }

    @Test
    void connectionsInMidHandshakeLeakNothing() throws Exception {
        deployer.deploy(APPLICATION);
        try (Leaks leaks = Leaks.watch()) {
            for (int i = 0; i < 20; i++) {
                try (Socket midHandshake = new Socket(InetAddress.getLoopbackAddress(), TLS_PORT);
                        SipConnection flow = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
                    midHandshake.getOutputStream().write(HALF_CLIENT_HELLO);
                    flow.send("PUBLISH sip:half@pinhole.test SIP/2.0\r\nVia:");
                    if (i % 5 == 0) {
                        deployer.undeploy(APPLICATION);
                        deployer.deploy(APPLICATION);
                    }
                }
            }

            assertThat(leaks.reports()).isEmpty();
        } finally {
            deployer.undeploy(APPLICATION);
        }
    }

    @Test
    void memoryForBuffersIsTheConnectorsOwnSoThatNoEventLoopEverWaitsForIt() throws Exception {
        deployer.deploy(APPLICATION);
        try (SipConnection flow = SipConnection.tls(TLS_PORT, Embedded.caFile());
                Leaks connector = Leaks.watch()) {
            assertThat(flow.localPort()).isPositive();
            assertThat(connector.ownsItsBuffers())
                    .as("up to Java 23; later ones let nobody")
                    .isEqualTo(Runtime.version().feature() < 24);
        } finally {
            deployer.undeploy(APPLICATION);
        }
    }

    @Test
    void aLeakWouldBeSeen() throws Exception {
        deployer.deploy(APPLICATION);
        try (Leaks leaks = Leaks.watch()) {
            leaks.buffer();

            await().untilAsserted(() -> assertThat(leaks.reports())
                    .anySatisfy(report -> assertThat(report).contains("LEAK")));
        } finally {
            deployer.undeploy(APPLICATION);
        }
    }

    private static void bindAndRelease(int port) throws Exception {
        try (ServerSocket another = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(another.isBound()).isTrue();
        }
    }
}

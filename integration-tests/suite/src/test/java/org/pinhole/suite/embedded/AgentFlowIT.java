package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * An application sends to the Contact it was handed: the request leaves on the flow, or fails at once; nobody dials out. The
 * application has turned on the container's own RFC 5626, which would fail each of these requests if it touched them.
 */
class AgentFlowIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay",
                OutboundProxyServlet.class,
                Map.of("pinhole.connector", "tls://127.0.0.1:" + TLS_PORT, "pinhole.contact", "rewrite"));
    }

    @Test
    @Tag("O-6")
    void aRequestToTheContactLeavesOnTheFlowWithThePhonesOwnContactAsItsRequestUri() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            String contact = "sip:alice@10.1.2.3:49152;transport=tls";
            String handedToTheApplication = Relayed.announce(alice, "TLS", contact);

            bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + handedToTheApplication));
            String arrived = alice.readRequest();
            alice.send(Relayed.ok(arrived));

            assertThat(handedToTheApplication).contains("127.0.0.1:" + TLS_PORT).doesNotContain("10.1.2.3");
            assertThat(arrived).startsWith("PUBLISH " + contact + " SIP/2.0\r\n");
            assertThat(bob.read().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("O-7")
    @Tag("P-7")
    @Tag("trap-7")
    void aRequestToAFlowThatIsGoneIs430AndNoConnectionIsOpenedToThePhone() throws Exception {
        try (ServerSocket phone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                SipConnection bob = connect()) {
            phone.setSoTimeout(1_000);
            String handedToTheApplication =
                    announceAndLeave("sip:alice@127.0.0.1:" + phone.getLocalPort() + ";transport=tls");

            bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + handedToTheApplication));

            assertThat(bob.read().status()).isEqualTo(430);
            assertThatThrownBy(phone::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    /** As behind a NAT that gives the port to the next one: a token names a connection, not its addresses. */
    @Test
    @Tag("O-5")
    @Tag("O-7")
    @Tag("trap-6")
    void aFlowWhoseAddressAnotherPhoneHasNowIs430AndThatPhoneGetsNothing() throws Exception {
        try (SipConnection bob = connect()) {
            String alices;
            int port;
            try (ContainerLog log = ContainerLog.follow()) {
                SipConnection alice = connect();
                alices = Relayed.announce(alice, "TLS", "sip:alice@10.1.2.3:49152;transport=tls");
                port = alice.localPort();
                alice.reset();
                awaitClosed(log);
            }
            try (SipConnection carol = SipConnection.tlsFrom(port, TLS_PORT, Embedded.caFile())) {
                String carols = Relayed.announce(carol, "TLS", "sip:carol@10.1.2.3:49152;transport=tls");

                bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + alices));

                assertThat(bob.read().status()).isEqualTo(430);
                carol.send("\r\n\r\n");
                assertThat(carol.readExactly(2)).isEqualTo("\r\n");
                bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + carols));
                assertThat(carol.readRequest()).startsWith("PUBLISH sip:carol@10.1.2.3");
            }
        }
    }

    /** Requirement K-16: neither keep nor an open connection is a promise that requests may take it. */
    @Test
    @Tag("K-16")
    @Tag("P-8")
    @Tag("O-17")
    void whoNamesAPhonesAddressInsteadOfItsFlowDoesNotGetItsConnection() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            alice.send(Relayed.publish(
                            "TLS", "sip:alice@127.0.0.1:" + alice.localPort() + ";transport=tls", "X-Nothing: 1")
                    .replace(";rport", ";rport;alias;keep"));
            assertThat(alice.read().status()).isEqualTo(200);

            bob.send(Relayed.publish(
                    "TLS",
                    "sip:bob@10.9.9.9",
                    "X-Relay-To: sip:alice@127.0.0.1:" + alice.localPort() + ";transport=tls"));

            assertThat(bob.read().status()).isGreaterThanOrEqualTo(400);
            alice.send("\r\n\r\n");
            assertThat(alice.readExactly(2)).isEqualTo("\r\n");
        }
    }

    @Test
    @Tag("O-7")
    @Tag("trap-8")
    void aRequestToATokenThatWasTamperedWithIs403() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            String handedToTheApplication = Relayed.announce(alice, "TLS", "sip:alice@10.1.2.3:49152;transport=tls");
            char second = handedToTheApplication.charAt("sip:".length() + 20);
            String tampered = handedToTheApplication.substring(0, "sip:".length() + 20)
                    + (second == 'A' ? 'B' : 'A')
                    + handedToTheApplication.substring("sip:".length() + 21);

            bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + tampered));

            assertThat(bob.read().status()).isEqualTo(403);
        }
    }

    /** Without that, whoever called would wait for as long as a transaction lasts. */
    @Test
    @Tag("O-7")
    @Tag("P-25")
    @Tag("trap-6")
    void aFlowThatEndsBeforeItsPhoneHasAnsweredIs430AtOnce() throws Exception {
        try (SipConnection bob = connect()) {
            try (SipConnection alice = connect()) {
                String handedToTheApplication =
                        Relayed.announce(alice, "TLS", "sip:alice@10.1.2.3:49152;transport=tls");
                bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + handedToTheApplication));
                assertThat(alice.readRequest()).startsWith("PUBLISH ");
            }

            assertThat(bob.read().status()).isEqualTo(430); // it is patient for 10 s, a transaction lasts 32
        }
    }

    private static SipConnection connect() throws Exception {
        return SipConnection.tls(TLS_PORT, Embedded.caFile());
    }

    /** As {@link Relayed#announce}, on a connection that is closed afterwards; returns when the container has noticed. */
    private static String announceAndLeave(String contact) throws Exception {
        try (ContainerLog log = ContainerLog.follow()) {
            String handedToTheApplication;
            try (SipConnection alice = connect()) {
                handedToTheApplication = Relayed.announce(alice, "TLS", contact);
            }
            awaitClosed(log);
            return handedToTheApplication;
        }
    }

    private static void awaitClosed(ContainerLog log) {
        await().untilAsserted(() ->
                assertThat(log.lines()).anySatisfy(line -> assertThat(line).matches("flow [0-9a-f]{8} closed: .*")));
    }
}

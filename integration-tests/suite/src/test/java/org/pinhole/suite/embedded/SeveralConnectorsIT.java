package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One application, two connectors: what is sent to a phone leaves on the phone's own flow, whatever that runs over. */
class SeveralConnectorsIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();
    private static final int SECOND_TLS_PORT = Embedded.freePort();
    private static final int TCP_PORT = Embedded.freePort();

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay",
                RelayingServlet.class,
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:%d, tls://127.0.0.1:%d, tcp://127.0.0.1:%d"
                                .formatted(TLS_PORT, SECOND_TLS_PORT, TCP_PORT),
                        "pinhole.tls.self-signed-names",
                        "localhost,127.0.0.1"));
    }

    @Test
    @Tag("O-6")
    void aPhoneOverTcpIsReachedOnItsFlowFromOneOverTls() throws Exception {
        try (SipConnection alice = SipConnection.tcp(TCP_PORT);
                SipConnection bob = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            String contact = "sip:alice@10.1.2.3:49152;transport=tcp";
            String handedToTheApplication = Relayed.announce(alice, "TCP", contact);

            bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + handedToTheApplication));
            String arrived = alice.readRequest();
            alice.send(Relayed.ok(arrived));

            assertThat(handedToTheApplication).contains("127.0.0.1:" + TCP_PORT, "transport=tcp");
            assertThat(arrived)
                    .startsWith("PUBLISH " + contact + " SIP/2.0\r\n")
                    .contains("Via: SIP/2.0/TCP 127.0.0.1");
            assertThat(bob.read().status()).isEqualTo(200);
        }
    }

    /** The container itself takes its first listening point of a transport for whatever it sends over that. */
    @Test
    @Tag("O-6")
    void aPhoneOnTheSecondOfTwoTlsConnectorsIsReachedOnItsFlow() throws Exception {
        try (SipConnection alice = SipConnection.tls(SECOND_TLS_PORT, Embedded.caFile());
                SipConnection bob = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            String contact = "sip:alice@10.1.2.3:49152;transport=tls";
            String handedToTheApplication = Relayed.announce(alice, "TLS", contact);

            bob.send(Relayed.publish("TLS", "sip:bob@10.9.9.9", "X-Relay-To: " + handedToTheApplication));
            String arrived = alice.readRequest();
            alice.send(Relayed.ok(arrived));

            assertThat(handedToTheApplication).contains("127.0.0.1:" + SECOND_TLS_PORT);
            assertThat(arrived).startsWith("PUBLISH " + contact + " SIP/2.0\r\n");
            assertThat(bob.read().status()).isEqualTo(200);
        }
    }

    @Test
    void pingsAreAnsweredOverTcpToo() throws Exception {
        try (SipConnection phone = SipConnection.tcp(TCP_PORT)) {
            phone.send("\r\n\r\n");

            assertThat(phone.readExactly(2)).isEqualTo("\r\n");
        }
    }
}

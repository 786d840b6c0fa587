package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.pinhole.suite.embedded.RelayedCall.End;

/** Behind a 1:1 NAT with a redirected port: phones see the public name only, and what comes back with it is ours. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class PublicNameIT {
    private static final int TLS_PORT = Embedded.freePort();
    private static final int TCP_PORT = Embedded.freePort();

    private static final Map<String, String> BEHIND_NAT = Map.of(
            "pinhole.connector",
            "tls://127.0.0.1:" + TLS_PORT + ",tcp://127.0.0.1:" + TCP_PORT,
            "pinhole.public-name",
            "edge.public.example:443,198.51.100.7:80",
            "pinhole.tls.self-signed-names",
            "localhost,127.0.0.1");

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = "relay", managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named("Relay", RelayingServlet.class, BEHIND_NAT);
    }

    @Deployment(name = "register", managed = false, testable = false)
    static WebArchive registrar() {
        return TestApplication.named("Register", BEHIND_NAT);
    }

    @Deployment(name = "badpublicname", managed = false, testable = false)
    static WebArchive wrong() {
        return TestApplication.named(
                "BadPublicName",
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:" + TLS_PORT + ",tcp://127.0.0.1:" + TCP_PORT,
                        "pinhole.public-name",
                        "edge.public.example:443"));
    }

    @Test
    @Tag("P-1")
    void phonesAreToldThePublicNameAndReachedByIt() throws Exception {
        deployer.deploy("relay");
        try (SipConnection alice = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection bob = SipConnection.tcp(TCP_PORT)) {
            String alicesContact = Relayed.announce(alice, "TLS", "sip:alice@10.1.2.3:49152;transport=tls");
            String bobsContact = Relayed.announce(bob, "TCP", "sip:bob@10.1.2.4:49152;transport=tcp");

            bob.send(Relayed.publish("TCP", "sip:bob@10.9.9.9", "X-Relay-To: " + alicesContact));
            String toAlice = alice.readRequest();
            alice.send(Relayed.ok(toAlice));
            SipResponse toBob = bob.read();
            alice.send(Relayed.publish("TLS", "sip:alice@10.9.9.9", "X-Relay-To: " + bobsContact));
            String toBobAgain = bob.readRequest();
            bob.send(Relayed.ok(toBobAgain));

            assertThat(alicesContact).contains("@edge.public.example:443;transport=tls");
            assertThat(bobsContact).contains("@198.51.100.7:80;transport=tcp");
            assertThat(toAlice)
                    .contains("Via: SIP/2.0/TLS edge.public.example:443")
                    .doesNotContain(":" + TLS_PORT);
            assertThat(toBob.status()).isEqualTo(200);
            assertThat(toBobAgain)
                    .startsWith("PUBLISH sip:bob@10.1.2.4:49152;transport=tcp SIP/2.0\r\n")
                    .contains("Via: SIP/2.0/TCP 198.51.100.7:80;");
            assertThat(alice.read().status()).isEqualTo(200);
        } finally {
            deployer.undeploy("relay");
        }
    }

    @Test
    @Tag("P-1")
    @Tag("O-4")
    void aRegistrarOfThisContainerIsToldThePublicNameInThePath() throws Exception {
        deployer.deploy("register");
        try (SipConnection alice = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection bob = SipConnection.tcp(TCP_PORT)) {
            alice.send(outbound(SipRequests.request("REGISTER", "TLS")));
            SipResponse toAlice = alice.read();
            bob.send(outbound(SipRequests.request("REGISTER", "TCP")));
            SipResponse toBob = bob.read();

            assertThat(toAlice.status()).isEqualTo(200);
            assertThat(toAlice.header("X-Path-Seen"))
                    .matches("<sip:[^@]+@edge\\.public\\.example:443;transport=tls;lr;ob>");
            assertThat(toBob.status()).isEqualTo(200);
            assertThat(toBob.header("X-Path-Seen")).matches("<sip:[^@]+@198\\.51\\.100\\.7:80;transport=tcp;lr;ob>");
        } finally {
            deployer.undeploy("register");
        }
    }

    /** The same of a phone that does outbound (RFC 5626 §4.2.1). */
    private static String outbound(String register) {
        String instance = ";reg-id=1;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00000000000a>\"";
        return register.replaceFirst("(Contact: .*)", "$1" + instance + "\r\nSupported: path, outbound");
    }

    /** The container has a TCP connector of its own, and writes that one's address wherever it writes one over TCP. */
    @Test
    @Tag("P-1")
    void aCallNamesThePublicNameOnlyAndStaysOnItsFlowsAlthoughTheContainerHasItsOwnConnector() throws Exception {
        deployer.deploy("relay");
        try (SipConnection alice = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection bob = SipConnection.tcp(TCP_PORT)) {
            RelayedCall call = RelayedCall.of(
                    new End(alice, "TLS", "sip:alice@10.1.2.3:49152;transport=tls"),
                    new End(bob, "TCP", "sip:bob@10.1.2.4:49152;transport=tcp"));

            assertThat(call.invite())
                    .contains("Via: SIP/2.0/TCP 198.51.100.7:80;", "Record-Route: <sip:198.51.100.7:80;transport=tcp")
                    .doesNotContain(":" + Embedded.SIP_PORT);
            assertThat(call.ok().text())
                    .contains("sip:edge.public.example:443;transport=tls")
                    .doesNotContain(":" + TLS_PORT);
            assertThat(call.ack()).startsWith("ACK sip:bob@10.1.2.4:49152;transport=tcp SIP/2.0\r\n");
            assertThat(call.bye())
                    .startsWith("BYE sip:bob@10.1.2.4:49152;transport=tcp SIP/2.0\r\n")
                    .contains("Via: SIP/2.0/TCP 198.51.100.7:80;")
                    .doesNotContain(":" + Embedded.SIP_PORT);
        } finally {
            deployer.undeploy("relay");
        }
    }

    @Test
    void onePortForTwoConnectorsIsRefusedInOneLine() throws Exception {
        try (ContainerLog log = ContainerLog.follow()) {
            assertThatThrownBy(() -> deployer.deploy("badpublicname")).hasMessageContaining("badpublicname.war");

            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("pinhole.public-name=edge.public.example:443", "2 connectors", "HOST"));
        }
    }
}

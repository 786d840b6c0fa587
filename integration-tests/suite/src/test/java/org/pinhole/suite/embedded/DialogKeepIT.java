package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A call between two phones through an application: what each response says to the caller's offer of keep-alives. */
class DialogKeepIT extends DeployedForEachTest {
    private static final String ANSWERING = "busy";
    private static final int TLS_PORT = Embedded.freePort();
    private static final int ANSWERING_PORT = Embedded.freePort();
    /** What a node on the way might write into the Vias that it returns. */
    private static final String PLANTED = ";keep=7";

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay", RelayingServlet.class, Map.of("pinhole.connector", "tls://127.0.0.1:" + TLS_PORT));
    }

    @Deployment(name = ANSWERING, managed = false, testable = false)
    static WebArchive answering() {
        return TestApplication.named("Busy", Map.of("pinhole.connector", "tls://127.0.0.1:" + ANSWERING_PORT));
    }

    @Test
    @Tag("K-1")
    @Tag("K-8")
    @Tag("K-11")
    @Tag("K-12")
    @Tag("trap-4")
    void theValueIsInWhatCannotGetLostAndNobodyElsesIsPassedOn() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            String target = Relayed.announce(bob, "TLS", "sip:bob@10.1.2.4:49152;transport=tls");

            alice.send(offering(Relayed.invite("TLS", "sip:alice@10.1.2.3:49152;transport=tls", target)));
            String invite = bob.readRequest();
            assertKeep(alice.read(), 100, ""); // the container's own, after 200 ms
            bob.send(answer(invite, "180 Ringing"));
            bob.send(answer(invite, "200 OK"));

            assertThat(lines(invite, "Via: ")).contains(";keep").doesNotContain("keep=");
            assertKeep(alice.read(), 180, "");
            assertKeep(alice.read(), 200, "=45");
        }
    }

    @Test
    @Tag("K-8")
    @Tag("trap-4")
    void whatIsSentAgainUntilItsAckComesCarriesTheSameValue() throws Exception {
        deployer().deploy(ANSWERING);
        try (SipConnection alice = SipConnection.tls(ANSWERING_PORT, Embedded.caFile())) {
            alice.send(SipRequests.request("INVITE", "TLS", ";keep"));

            assertKeep(alice.read(), 200, "=45");
            assertKeep(alice.read(), 200, "=45"); // after half a second
        } finally {
            deployer().undeploy(ANSWERING);
        }
    }

    @Test
    @Tag("K-8")
    @Tag("O-7")
    @Tag("trap-4")
    void whatTheContainerAnswersByItselfCarriesNoValue() throws Exception {
        try (SipConnection alice = connect()) {
            String target;
            try (SipConnection bob = connect()) {
                target = Relayed.announce(bob, "TLS", "sip:bob@10.1.2.4:49152;transport=tls");
                alice.send(offering(Relayed.invite("TLS", "sip:alice@10.1.2.3:49152;transport=tls", target)));
                assertThat(bob.readRequest()).startsWith("INVITE ");
                assertKeep(alice.read(), 100, "");
            }

            assertKeep(alice.read(), 430, "");
        }
    }

    /** Nobody is at the other end of a 408, and of a 500 only a fault; a second Via is somebody's before the phone. */
    @Test
    @Tag("K-7")
    @Tag("K-8")
    @Tag("K-12")
    @Tag("trap-4")
    void whatNobodyHasAnsweredCarriesNoValueEither() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            String target = Relayed.announce(bob, "TLS", "sip:bob@10.1.2.4:49152;transport=tls");
            String invite = offering(Relayed.invite("TLS", "sip:alice@10.1.2.3:49152;transport=tls", target))
                    .replace("Max-Forwards:", "Via: SIP/2.0/UDP 10.9.9.9;branch=z9hG4bK0;keep=7\r\nMax-Forwards:");

            alice.send(invite.replace("Max-Forwards:", "X-Timeout: 1\r\nMax-Forwards:"));
            assertThat(bob.readRequest()).startsWith("INVITE ");
            assertNoKeep(alice, 408);
            alice.send(invite.replace(target, "no uri at all").replace("z9hG4bK", "z9hG4bKb"));
            assertNoKeep(alice, 500);
        }
    }

    /** Requirement K-18 is optional, and not taken up: what the edge sends by itself it does not negotiate. */
    @Test
    @Tag("K-18")
    void theEdgeOffersThePhoneNothing() throws Exception {
        try (SipConnection alice = connect();
                SipConnection bob = connect()) {
            String target = Relayed.announce(bob, "TLS", "sip:bob@10.1.2.4:49152;transport=tls");

            alice.send(Relayed.invite("TLS", "sip:alice@10.1.2.3:49152;transport=tls", target));
            String invite = bob.readRequest();
            bob.send(answer(invite, "200 OK"));

            assertThat(lines(invite, "Via: ")).doesNotContain("keep");
        }
    }

    private static void assertNoKeep(SipConnection phone, int status) throws Exception {
        SipResponse response = phone.read();
        while (response.status() < 200) {
            response = phone.read();
        }
        assertThat(response.status()).as("%s", response.text()).isEqualTo(status);
        assertThat(lines(response.text(), "Via: ")).contains(";keep").doesNotContain("keep=");
    }

    private static void assertKeep(SipResponse response, int status, String value) {
        assertThat(response.status()).as("%s", response.text()).isEqualTo(status);
        assertThat(response.header("Via")).as("%s", response.text()).containsPattern(";keep" + value + "(;|$)");
    }

    private static String offering(String request) {
        return request.replace(";rport\r\n", ";rport;keep\r\n");
    }

    private static String answer(String request, String status) {
        return Relayed.ok(request, "Contact: <sip:bob@10.1.2.4:49152;transport=tls>\r\n")
                .replace("SIP/2.0 200 OK", "SIP/2.0 " + status)
                .replaceAll("(Via: [^\r]*?)(;keep)?\r\n", "$1" + PLANTED + "\r\n");
    }

    private static String lines(String message, String start) {
        return String.join(
                "\n", message.lines().filter(line -> line.startsWith(start)).toList());
    }

    private static SipConnection connect() throws Exception {
        return SipConnection.tls(TLS_PORT, Embedded.caFile());
    }
}

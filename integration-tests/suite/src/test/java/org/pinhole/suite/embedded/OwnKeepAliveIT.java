package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Phones that negotiate nothing: the edge keeps their flows alive by a line break every ten seconds, where they bear it. */
class OwnKeepAliveIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();
    private static final String LINE_BREAK = "\r\n";

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                        "Register",
                        VouchingServlet.class,
                        Map.of(
                                "pinhole.connector",
                                "tls://127.0.0.1:" + TLS_PORT,
                                "pinhole.keep-alive.own-seconds",
                                "10"))
                .addClass(AnsweringServlet.class);
    }

    /**
     * The second line break that the sturdy phone gets is the clock by which the frail one has not got any. One that no longer offers
     * keep-alives when it registers again has agreed to none any more, and is served as the sturdy one is. Another device of the frail
     * one's user bears them, and says nothing of the frail one by that.
     */
    @Test
    @Tag("O-1")
    @Tag("K-6")
    @Tag("trap-5")
    void aPhoneThatNegotiatedNothingGetsLineBreaksAndOneThatLeavesOverThemNoMore() throws Exception {
        try (ContainerLog log = ContainerLog.follow();
                SipConnection pinging = register("pinging", ";keep");
                SipConnection offering = register("offering", ";keep");
                SipConnection otherDevice = registerFrom("10.9.9.9", "frail")) {
            registerAgain(offering, "offering", "");
            try (SipConnection frail = register("frail", "");
                    SipConnection frailToo = register("frail", "")) { // once may be chance
                assertThat(frail.readExactly(2)).isEqualTo(LINE_BREAK);
                assertThat(frailToo.readExactly(2)).isEqualTo(LINE_BREAK);
            }
            assertThat(offering.readExactly(2)).isEqualTo(LINE_BREAK);
            assertThat(otherDevice.readExactly(2)).isEqualTo(LINE_BREAK);
            await().untilAsserted(
                            () -> assertThat(log.lines())
                                    .anySatisfy(
                                            line -> assertThat(line)
                                                    .matches(
                                                            "frail at 127\\.0\\.0\\.1 hung up over a line break twice, now on flow [0-9a-f]{8}, and is sent no more")));

            try (SipConnection again = register("frail", "");
                    SipConnection sturdy = register("sturdy", "")) {
                assertThat(sturdy.readExactly(2)).isEqualTo(LINE_BREAK);
                assertThat(otherDevice.readExactly(2)).isEqualTo(LINE_BREAK);

                assertIsServedNext(again);
                assertIsServedNext(sturdy);
                assertIsServedNext(pinging);
            }
        }
    }

    private static SipConnection register(String user, String offer) throws Exception {
        SipConnection phone = SipConnection.patient(SipConnection.tls(TLS_PORT, Embedded.caFile()));
        registerAgain(phone, user, offer);
        return phone;
    }

    private static SipConnection registerFrom(String host, String user) throws Exception {
        SipConnection phone = SipConnection.patient(SipConnection.tls(TLS_PORT, Embedded.caFile()));
        phone.send(SipRequests.request("REGISTER", "TLS")
                .replace("sip:alice@127.0.0.1", "sip:" + user + "@" + host)
                .replace("sip:alice", "sip:" + user));
        assertThat(phone.read().status()).isEqualTo(200);
        return phone;
    }

    private static void registerAgain(SipConnection phone, String user, String offer) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS", offer).replace("sip:alice", "sip:" + user));
        SipResponse answer = phone.read();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Via").contains(";keep=45")).isEqualTo(!offer.isEmpty());
    }

    /** The next that it hears is the answer to what it asks now. */
    private static void assertIsServedNext(SipConnection phone) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS"));
        assertThat(phone.readExactly(7)).isEqualTo("SIP/2.0");
    }
}

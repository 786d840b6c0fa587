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

    /** The second line break that the sturdy phone gets is the clock by which the frail one has not got any. */
    @Test
    @Tag("O-1")
    void aPhoneThatNegotiatedNothingGetsLineBreaksAndOneThatLeavesOverThemNoMore() throws Exception {
        try (ContainerLog log = ContainerLog.follow();
                SipConnection pinging = register("pinging", ";keep")) {
            for (int i = 0; i < 2; i++) { // once may be chance
                SipConnection frail = register("frail", "");
                assertThat(frail.readExactly(2)).isEqualTo(LINE_BREAK);
                frail.close();
            }
            await().untilAsserted(
                            () -> assertThat(log.lines())
                                    .anySatisfy(
                                            line -> assertThat(line)
                                                    .matches(
                                                            "frail hung up over a line break twice, now on flow [0-9a-f]{8}, and is sent no more")));

            try (SipConnection again = register("frail", "");
                    SipConnection sturdy = register("sturdy", "")) {
                assertThat(sturdy.readExactly(2)).isEqualTo(LINE_BREAK);

                assertIsServedNext(again);
                assertIsServedNext(sturdy);
                assertIsServedNext(pinging);
            }
        }
    }

    private static SipConnection register(String user, String offer) throws Exception {
        SipConnection phone = SipConnection.patient(SipConnection.tls(TLS_PORT, Embedded.caFile()));
        phone.send(SipRequests.request("REGISTER", "TLS", offer).replace("sip:alice", "sip:" + user));
        assertThat(phone.read().status()).isEqualTo(200);
        return phone;
    }

    /** The next that it hears is the answer to what it asks now. */
    private static void assertIsServedNext(SipConnection phone) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS"));
        assertThat(phone.readExactly(7)).isEqualTo("SIP/2.0");
    }
}

package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two phones agree to ping every ten seconds, and one of them does. */
class SilentPhoneIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();
    private static final Duration KEEP_AND_GRACE = Duration.ofSeconds(20);
    private static final Duration BETWEEN_PINGS = Duration.ofSeconds(4);

    /** Of a machine that is very busy. */
    private static final int MOST_PINGS = 30;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Register",
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:" + TLS_PORT,
                        "pinhole.role",
                        "edge",
                        "pinhole.keep-alive.seconds",
                        "10",
                        "pinhole.keep-alive.grace-seconds",
                        "10"));
    }

    @Test
    @Tag("O-9")
    void thePhoneThatGoesSilentIsGivenUpAfterIntervalAndGraceAndTheOneThatPingsStays() throws Exception {
        try (ContainerLog log = ContainerLog.follow();
                SipConnection silent = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection pinging = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            long begin = System.nanoTime();
            register(silent);
            register(pinging);

            int pings = 0;
            while (!silent.endsWithin(BETWEEN_PINGS) && pings < MOST_PINGS) {
                ping(pinging);
                pings++;
            }

            assertThat(pings).isLessThan(MOST_PINGS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(KEEP_AND_GRACE);
            ping(pinging);
            ConnectorNumbers numbers = ConnectorNumbers.of("tls", TLS_PORT);
            await().until(() -> numbers.get("ClosedFlowsNoPing") == 1);
            assertThat(numbers.get("ClosedFlows")).isEqualTo(1);
            assertThat(numbers.get("OpenFlows")).isEqualTo(1);
            assertThat(log.lines())
                    .anySatisfy(line ->
                            assertThat(line).matches("flow .* closed: not a byte in \\d+ s, with keep=10 agreed"));
        }
    }

    private static void register(SipConnection phone) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS", ";keep"));
        assertThat(phone.read().header("Via")).containsPattern(";keep=10(;|$)");
    }

    private static void ping(SipConnection phone) throws Exception {
        phone.send("\r\n\r\n");
        assertThat(phone.readExactly(2)).isEqualTo("\r\n");
    }
}

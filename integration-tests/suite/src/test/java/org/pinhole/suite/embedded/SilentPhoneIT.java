package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.sip.Misbehaviour;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * Phones that agree to ping every ten seconds: one does, one does in halves, one does too late, two never do, and one agrees to
 * nothing any more when it registers again. Three are the reference UE, told to misbehave.
 */
class SilentPhoneIT extends DeployedForEachTest {
    private static final int TLS_PORT = Embedded.freePort();
    private static final Duration KEEP_AND_GRACE = Duration.ofSeconds(21);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CLOSED = "the far end closed the connection";
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
                        "11"));
    }

    @Test
    @Tag("K-6")
    @Tag("O-9")
    @Tag("U-4")
    @Tag("trap-5")
    @Tag("trap-15")
    void phonesThatAreSilentOrLateAreGivenUpAfterIntervalAndGraceAndThoseThatPingOrOweNoneStay() throws Exception {
        List<String> wire = new CopyOnWriteArrayList<>();
        try (ContainerLog log = ContainerLog.follow();
                SipConnection silent = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection released = SipConnection.tls(TLS_PORT, Embedded.caFile());
                SipConnection pinging = SipConnection.tls(TLS_PORT, Embedded.caFile());
                UserAgent inHalves = misbehaving(Misbehaviour.SPLIT_PINGS, wire);
                UserAgent late = misbehaving(Misbehaviour.LATE_PINGS, new ArrayList<>());
                UserAgent never = misbehaving(Misbehaviour.NO_PINGS, new ArrayList<>())) {
            register(released);
            refreshWithoutOffer(released);
            long begin = System.nanoTime();
            register(silent);
            register(pinging);
            for (UserAgent phone : List.of(inHalves, late, never)) {
                assertThat(phone.register().keepSeconds()).isEqualTo(10);
            }

            int pings = 0;
            while (!silent.endsWithin(BETWEEN_PINGS) && pings < MOST_PINGS) {
                ping(pinging);
                pings++;
            }

            assertThat(pings).isLessThan(MOST_PINGS);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(KEEP_AND_GRACE);
            ping(pinging);
            ConnectorNumbers numbers = ConnectorNumbers.of("tls", TLS_PORT);
            await().untilAsserted(() -> {
                assertThat(numbers.get("ClosedFlowsNoPing")).isEqualTo(3);
                assertThat(numbers.get("ClosedFlows")).isEqualTo(3);
                assertThat(numbers.get("OpenFlows")).isEqualTo(3);
            });
            ping(released); // as silent as the others, and longer
            assertThat(late.awaitFailure(SOON)).isEqualTo(CLOSED);
            assertThat(never.awaitFailure(SOON)).isEqualTo(CLOSED);
            await().untilAsserted(() -> assertThat(count(wire, "> \r\n"))
                    .as("halves, for pongs to whole pings")
                    .isPositive()
                    .isEqualTo(2 * count(wire, "< \r\n")));
            assertThat(inHalves.awaitFailure(Duration.ZERO)).isNull();
            assertThat(log.lines())
                    .anySatisfy(line ->
                            assertThat(line).matches("flow .* closed: not a byte in \\d+ s, with keep=10 agreed"));
        }
    }

    private static UserAgent misbehaving(Misbehaviour how, List<String> wire) throws Exception {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", TLS_PORT), Trust.ofPem(Embedded.caFile()));
        UeSettings settings = UeSettings.of(route, "pinhole.test", how.toString(), "unused");
        return UserAgent.connect(settings.misbehaving(Set.of(how)), new WireListener() {
            @Override
            public void sent(Instant at, String text) {
                wire.add("> " + text);
            }

            @Override
            public void received(Instant at, String text) {
                wire.add("< " + text);
            }
        });
    }

    private static long count(List<String> wire, String line) {
        return wire.stream().filter(line::equals).count();
    }

    private static void register(SipConnection phone) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS", ";keep"));
        assertThat(phone.read().header("Via")).containsPattern(";keep=10(;|$)");
    }

    private static void refreshWithoutOffer(SipConnection phone) throws Exception {
        phone.send(SipRequests.request("REGISTER", "TLS"));
        assertThat(phone.read().header("Via")).doesNotContain("keep");
    }

    private static void ping(SipConnection phone) throws Exception {
        phone.send("\r\n\r\n");
        assertThat(phone.readExactly(2)).isEqualTo("\r\n");
    }
}

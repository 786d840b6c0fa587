package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** A phone that does not read what it asks for, or is gone without a word, in a container that serves others. */
class StalledPhoneIT extends DeployedForEachTest {
    private static final int TCP_PORT = Embedded.freePort();
    private static final int MOST_REQUESTS = 20_000;
    /** In the kernel's table of connections: a timer that asks whether the peer is there, and when, in 1/100 s. */
    private static final String KEEP_ALIVE_TIMER = "02:";

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Options",
                Map.of(
                        "pinhole.connector",
                        "tcp://127.0.0.1:" + TCP_PORT,
                        "pinhole.limits.write-queue-seconds",
                        "2",
                        "pinhole.tcp.keep-alive-seconds",
                        "600"));
    }

    @Test
    void aPhoneThatDoesNotReadIsClosedWithTheReasonWhileOthersAreServed() throws Exception {
        ConnectorNumbers numbers = ConnectorNumbers.of("tcp", TCP_PORT);
        try (ContainerLog log = ContainerLog.follow();
                SipConnection stalled = SipConnection.tcp(TCP_PORT);
                SipConnection other = SipConnection.tcp(TCP_PORT)) {
            Thread asking = new Thread(() -> askUntilClosed(stalled));
            asking.start();

            await().atMost(Duration.ofSeconds(60)).until(() -> {
                ask(other);
                return numbers.get("ClosedFlowsNotRead") == 1;
            });
            asking.join();
            ask(other);

            assertThat(numbers.get("ClosedFlows")).isEqualTo(1);
            assertThat(log.lines())
                    .anySatisfy(
                            line -> assertThat(line).matches("flow .* closed: the phone does not read: .* waiting.*"));
        }
    }

    @Test
    void theKernelAsksAfterTheTimeThatWasSetWhetherThePhoneIsStillThere() throws Exception {
        try (SipConnection phone = SipConnection.tcp(TCP_PORT)) {
            ask(phone);

            await().untilAsserted(() -> {
                String timer = timerOf(phone.localPort());
                assertThat(timer).startsWith(KEEP_ALIVE_TIMER);
                assertThat(Integer.parseInt(timer.substring(KEEP_ALIVE_TIMER.length()), 16))
                        .isBetween(30_000, 60_000);
            });
        }
    }

    /** The column {@code tr tm->when} of our side of a connection (Linux, Documentation/networking/proc_net_tcp). */
    private static String timerOf(int phonesPort) throws IOException {
        String ours = String.format(Locale.ROOT, "0100007F:%04X 0100007F:%04X", TCP_PORT, phonesPort);
        return Files.readAllLines(Path.of("/proc/net/tcp")).stream()
                .filter(line -> line.contains(ours))
                .map(line -> line.trim().split("\\s+", -1)[5])
                .findFirst()
                .orElse("");
    }

    private static void ask(SipConnection phone) throws IOException {
        phone.send(SipRequests.request("OPTIONS", "TCP"));
        assertThat(phone.read().status()).isEqualTo(200);
    }

    /** With long answers, so that little is needed to fill what the kernel keeps for a phone. */
    private static void askUntilClosed(SipConnection phone) {
        String padding = "x".repeat(10_000);
        try {
            for (int i = 0; i < MOST_REQUESTS; i++) {
                phone.send(SipRequests.request("OPTIONS", "TCP")
                        .replace("To: <sip:alice@pinhole.test>", "To: <sip:alice@pinhole.test>;padding=" + padding));
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull(); // that is how it ends
        }
    }
}

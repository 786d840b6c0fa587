package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a JMX client reads of a connector and does to it. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class JmxIT {
    private static final String APPLICATION = "relay";
    private static final int TLS_PORT = Embedded.freePort();
    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
    private static final String CONNECTOR =
            "org.pinhole:type=Connector,transport=tls,address=127.0.0.1,port=" + TLS_PORT;
    private static final String DRAIN = "org.pinhole:type=Drain";

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Relay",
                RelayingServlet.class,
                Map.of("pinhole.connector", "tls://127.0.0.1:" + TLS_PORT, "pinhole.log.summary-seconds", "1"));
    }

    @BeforeEach
    void deploy() {
        deployer.deploy(APPLICATION);
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(APPLICATION);
    }

    @Test
    void aConnectorHasItsNumbersAndTheyGoWithIt() throws Exception {
        try (SipConnection phone = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            phone.send("\r\n\r\n");
            phone.readExactly(2);
            Relayed.announce(phone, "TLS", "sip:alice@10.1.2.3");

            assertThat(number("OpenFlows")).isEqualTo(1);
            assertThat(number("Pings")).isEqualTo(1);
            assertThat(number("MessagesIn")).isEqualTo(1);
            assertThat(number("FullHandshakes") + number("ResumedHandshakes")).isEqualTo(1);
        }
        await().until(() -> number("ClosedFlowsByPhone") == 1);
        deployer.undeploy(APPLICATION);
        assertThat(SERVER.queryNames(new ObjectName("org.pinhole:*"), null)).isEmpty();
        deployer.deploy(APPLICATION);
    }

    @Test
    void theLogHasTheSameNumbersEverySoManySeconds() throws Exception {
        try (ContainerLog log = ContainerLog.follow();
                SipConnection phone = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            phone.send("\r\n\r\n");
            phone.readExactly(2);

            await().untilAsserted(() -> assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .startsWith("connector tls://127.0.0.1:" + TLS_PORT + ": OpenFlows 1, ")
                            .contains("FullHandshakes 1", "Pings 1", "Pongs 1", "BytesIn 4", "BytesOut 2")));
        }
    }

    @Test
    void aDrainAnswers503AndClosesAndIsCancelled() throws Exception {
        try (SipConnection phone = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            Relayed.announce(phone, "TLS", "sip:alice@10.1.2.3");

            SERVER.invoke(new ObjectName(DRAIN), "start", new Object[] {3}, new String[] {"int"});
            phone.send(Relayed.publish("TLS", "sip:alice@10.1.2.3", "X-Nothing: to relay"));
            SipResponse refused = phone.read();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 7);
            assertThat(Embedded.listens(TLS_PORT)).isFalse();
            assertThat(phone.isAtItsEnd()).isTrue();
        }
        await().until(() -> "drained".equals(SERVER.getAttribute(new ObjectName(DRAIN), "State")));
        SERVER.invoke(new ObjectName(DRAIN), "cancel", new Object[0], new String[0]);
        try (SipConnection phone = SipConnection.tls(TLS_PORT, Embedded.caFile())) {
            assertThat(Relayed.announce(phone, "TLS", "sip:alice@10.1.2.3")).contains("127.0.0.1:" + TLS_PORT);
        }
    }

    private static long number(String attribute) throws Exception {
        return (Long) SERVER.getAttribute(new ObjectName(CONNECTOR), attribute);
    }
}

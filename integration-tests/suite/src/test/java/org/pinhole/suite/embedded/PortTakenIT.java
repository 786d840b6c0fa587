package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.mobicents.servlet.sip.startup.StaticServiceHolder;

/** A port that somebody else holds stops the application that asked for it, and nobody else. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class PortTakenIT {
    private static final ServerSocket HELD = hold();

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = "porttaken", managed = false, testable = false)
    static WebArchive unlucky() {
        return TestApplication.named(
                "PortTaken", Map.of("pinhole.connector", "tls://127.0.0.1:" + HELD.getLocalPort()));
    }

    @Deployment(name = "options", managed = false, testable = false)
    static WebArchive bystander() {
        return TestApplication.named("Options", Map.of());
    }

    @AfterAll
    static void release() throws IOException {
        HELD.close();
    }

    @Test
    void theApplicationStopsAndTheOthersGoOn() throws Exception {
        deployer.deploy("options");

        List<String> log = logOfDeploying("porttaken");

        assertThat(log)
                .anySatisfy(line -> assertThat(line)
                        .contains("org.pinhole.suite.PortTaken", Integer.toString(HELD.getLocalPort())));
        assertThat(applicationNames())
                .contains("org.pinhole.suite.Options")
                .doesNotContain("org.pinhole.suite.PortTaken");
        try (SipConnection connection = SipConnection.tcp(Embedded.SIP_PORT)) {
            connection.send(SipRequests.request("OPTIONS", "TCP"));
            assertThat(connection.read().status()).isEqualTo(200);
        }
        deployer.undeploy("options");
    }

    /** Whether the deployment itself fails depends on when the port is asked for; what counts is what runs afterwards. */
    private List<String> logOfDeploying(String application) {
        try (ContainerLog log = ContainerLog.follow()) {
            Throwable refusal = catchThrowable(() -> deployer.deploy(application));
            if (refusal != null) {
                assertThat(refusal).hasMessageContaining(application);
            }
            return log.lines();
        }
    }

    private static List<String> applicationNames() {
        return List.of(StaticServiceHolder.sipStandardService
                .getSipApplicationDispatcher()
                .findInstalledSipApplications());
    }

    private static ServerSocket hold() {
        try {
            return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on the loopback address", e);
        }
    }
}

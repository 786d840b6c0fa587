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

/** A wrong value is told when the application is deployed, and nothing is opened. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
class BadParameterIT {
    private static final String APPLICATION = "badparameter";
    private static final int TLS_PORT = Embedded.freePort();

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "BadParameter",
                Map.of("pinhole.connector", "tls://127.0.0.1:" + TLS_PORT, "pinhole.keep-alive.seconds", "7"));
    }

    @Test
    void aWrongValueFailsTheDeploymentAndOneLineInTheLogSaysWhatIsAllowed() throws Exception {
        try (ContainerLog log = ContainerLog.follow()) {
            assertThatThrownBy(() -> deployer.deploy(APPLICATION)).hasMessageContaining("badparameter.war");

            // Tomcat tells who deploys only that the context did not start; the reason is in its log.
            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "org.pinhole.suite.BadParameter", "pinhole.keep-alive.seconds", "7", "10", "1800"));
        }
        assertThat(Embedded.listens(TLS_PORT)).isFalse();
    }
}

package org.pinhole.suite.embedded;

import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Has its one application in the container for the length of each test. The application is whose deployment is named so. */
@Tag("agent")
@ExtendWith(ArquillianExtension.class)
abstract class DeployedForEachTest {
    /** Of a {@code @Deployment} that is not managed and not testable. */
    static final String APPLICATION = "application";

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @BeforeEach
    void deploy() throws Exception {
        deployer.deploy(APPLICATION);
    }

    @AfterEach
    void undeploy() throws Exception {
        deployer.undeploy(APPLICATION);
    }

    /** For what is deployed beside it. */
    final Deployer deployer() {
        return deployer;
    }
}

package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.suite.container.Jdk;

/** Somebody copies pinhole.war into webapps/ and does nothing else. */
class WarWithoutAgentIT {
    @Test
    void itsDeploymentFailsSayingWhatToAddAndTheOthersGoOn() throws Exception {
        try (Site site = Site.assemble("no-agent")) {
            site.deployPinholeAlone();

            site.start(Jdk.running());

            assertThat(site.log().lines())
                    .filteredOn(line -> line.contains("pinhole.war needs the Pinhole agent"))
                    .singleElement()
                    .asString()
                    .contains("add -javaagent:/path/to/pinhole-agent.jar", "bin/pinhole install CATALINA_HOME");
            assertThat(site.log()).doesNotContain("[pinhole]").doesNotContain("NoClassDefFoundError");
            Registrar.servesAt(site);
        }
    }
}

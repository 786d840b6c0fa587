package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.pinhole.suite.container.Jdk;

/** A container that lacks one member which an essential patch needs, but works without it. */
class DoctoredContainerIT {
    private static final String SERVICE = "org.mobicents.servlet.sip.catalina.SipStandardService";

    @Test
    void nothingIsWovenOneLineSaysWhatWasExpectedAndTheContainerAnswersAsIfWeWereNotThere() throws Exception {
        InetSocketAddress connector = Loopback.free();
        try (Site site = Site.assemble("doctored")) {
            DoctoredJar.withoutMethod(catalinaJar(site), SERVICE, "removeSipConnector");
            site.install(connector);

            site.start(Jdk.running());

            assertThat(site.log().lines().filter(line -> line.startsWith("[pinhole] ")))
                    .satisfiesExactlyInAnyOrder(
                            line -> assertThat(line).matches("\\[pinhole] agent \\S+ attached"),
                            line -> assertThat(line)
                                    .isEqualTo("[pinhole] this container is not one that Pinhole knows, and starts"
                                            + " unchanged: expected " + SERVICE
                                            + "#removeSipConnector(java.lang.String, int, java.lang.String)"));
            assertThat(site.log().lines())
                    .filteredOn(line -> line.contains("pinhole.war is deployed and the Pinhole agent is loaded"))
                    .singleElement()
                    .asString()
                    .contains("the agent left this container as it is");
            Registrar.servesAt(site);
            assertThat(Loopback.listens(connector)).isFalse();
        }
    }

    private static Path catalinaJar(Site site) throws IOException {
        try (var jars = Files.newDirectoryStream(site.home().resolve("lib"), "sip-servlets-catalina-7-*.jar")) {
            return jars.iterator().next();
        }
    }
}

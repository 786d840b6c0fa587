package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** The units in the distribution, as systemd itself judges it; nothing is started. */
@NeedsPeer("systemd-analyze")
class ServiceUnitIT {
    @TempDir
    private Path folder;

    /** 2.0 of 10, where a service that says nothing about its privileges has 9.6. */
    @Test
    void theTurnServersUnitExposesLittle() throws Exception {
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), folder);
        Path unit = folder.resolve("systemd/pinhole-turn.service");

        try (Foreign analysis = Foreign.start(
                folder,
                "analysis",
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                "--threshold=20",
                unit.toString())) {
            assertThat(analysis.await(Duration.ofSeconds(30)))
                    .as(analysis.output())
                    .isZero();
            assertThat(analysis.output()).contains("Overall exposure level").doesNotContain("Unknown key");
        }
    }

    /** Every key, value and path of it; the program is where this distribution has been unpacked. */
    @Test
    void systemdUnderstandsEveryLineOfTheTurnServersUnit() throws Exception {
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), folder);
        String text = Files.readString(folder.resolve("systemd/pinhole-turn.service"));
        Path unit = Files.writeString(
                folder.resolve("pinhole-turn.service"), text.replace("/opt/pinhole", folder.toString()));

        try (Foreign verification = Foreign.start(
                folder,
                "verification",
                "systemd-analyze",
                "verify",
                "--man=no",
                "--recursive-errors=no",
                unit.toString())) {
            assertThat(verification.await(Duration.ofSeconds(30)))
                    .as(verification.output())
                    .isZero();
            assertThat(verification.output()).doesNotContain("pinhole-turn.service:");
        }
    }

    /** Against the same service without it: one line of the judgement is another. */
    @Test
    void theDropInForPort443GivesTheContainersServiceOneCapabilityAndNothingElse() throws Exception {
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), folder);
        Path unit = Files.writeString(
                folder.resolve("tomcat.service"), "[Service]\nUser=tomcat\nExecStart=/bin/sleep 60\n");
        Set<String> without = judgement(unit);

        Path dropIns = Files.createDirectory(folder.resolve("tomcat.service.d"));
        Path dropIn = Files.copy(folder.resolve("systemd/pinhole-port-443.conf"), dropIns.resolve("pinhole.conf"));
        Set<String> with = judgement(unit);

        assertThat(Files.readString(dropIn)).containsOnlyOnce("CAP_").contains("=CAP_NET_BIND_SERVICE\n");
        assertThat(without).hasSizeGreaterThan(10).anyMatch(line -> line.startsWith("✓ AmbientCapabilities="));
        with.removeAll(without);
        assertThat(with).singleElement().asString().startsWith("✗ AmbientCapabilities=");
    }

    /** One line for each property, without its weight. */
    private Set<String> judgement(Path unit) throws Exception {
        try (Foreign analysis = Foreign.start(
                folder,
                "analysis",
                "env",
                "LC_ALL=C.UTF-8",
                "systemd-analyze",
                "security",
                "--offline=true",
                "--no-pager",
                unit.toString())) {
            analysis.awaitSuccess(Duration.ofSeconds(30));
            return analysis.output()
                    .lines()
                    .filter(line -> line.startsWith("✓ ") || line.startsWith("✗ "))
                    .collect(Collectors.toSet());
        }
    }
}

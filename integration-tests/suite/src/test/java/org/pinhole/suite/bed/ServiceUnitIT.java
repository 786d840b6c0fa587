package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** The unit in the distribution, as systemd itself judges it; nothing is started. */
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
}

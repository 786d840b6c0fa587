package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.peer.Skip;

/** The two ways in the distribution to port 443 for a container that is not root, done to the kernel in a network of its own. */
@NeedsPeer({"ip", "nft", "socat"})
class PortWithoutRootIT {
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        try (Foreign allowed = Foreign.start(folder, "allowed", "unshare", "-n", "true")) {
            if (allowed.await(DEADLINE) != 0) {
                Skip.because("no network namespaces here: " + allowed.output().strip());
            }
        }
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), folder);
    }

    @Test
    void nftLoadsTheRedirectAndWhoConnectsTo443IsAnsweredBy8443() throws Exception {
        assertThat(port443("redirect", "nft/pinhole-443.nft"))
                .startsWith("8443 answers\n")
                .contains("hook prerouting", "hook output");
    }

    @Test
    void withTheCapabilityOfTheDropInAndNotWithoutItNobodyListensOn443() throws Exception {
        assertThat(port443("capability", "systemd/pinhole-port-443.conf"))
                .contains("Permission denied")
                .endsWith("user 65534 answers\n");
    }

    private static String port443(String way, String file) throws IOException, InterruptedException {
        try (Foreign script = Foreign.start(
                folder,
                way,
                "unshare",
                "-n",
                Bed.script("port443.sh").toString(),
                way,
                folder.resolve(file).toString())) {
            script.awaitSuccess(DEADLINE);
            return script.output();
        }
    }
}

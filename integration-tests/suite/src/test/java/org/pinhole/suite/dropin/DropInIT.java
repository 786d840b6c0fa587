package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pinhole.suite.container.Jdk;

/** From the zip into an existing container and out of it again, on every Java that is installed. */
class DropInIT {
    private static final String OWN_SETENV = """
            # Ours, and it stays: the line that the night shift looks for.
            CATALINA_OPTS="$CATALINA_OPTS -Dorg.example.own=stays"
            """;

    static List<Jdk> jdks() throws IOException {
        return Jdk.installed();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    @Tag("D-1")
    @Tag("K-2")
    @Tag("K-7")
    @Tag("O-1")
    @Tag("O-9")
    void phonesAreServedBetweenInstallAndUninstallWhichLeavesTheContainerAsItWas(Jdk jdk) throws Exception {
        InetSocketAddress connector = Loopback.free();
        try (Site site = Site.assemble("java" + jdk.feature())) {
            operatorsOwnSetenv(site);
            Map<String, String> before = TreeState.of(site.home());

            site.install(connector);
            site.addUsers();
            site.start(jdk);

            assertThat(new JvmProbe(site.pid()).systemProperties()).contains("org.example.own=stays");
            Story.passesAt(site, connector);

            site.stop();
            site.operator().uninstall(site.beside("saved.zip"));

            assertThat(TreeState.of(site.home())).isEqualTo(before);
            assertThat(site.beside("saved.zip")).isRegularFile();
        }
    }

    @Test
    @Tag("K-17")
    void aPortBelow1024ServesAsAnyOther() throws Exception {
        InetSocketAddress privileged = Loopback.ofItsOwn(443);
        assumeTrue(canBind(privileged), () -> Loopback.text(privileged) + " cannot be bound by this user");
        try (Site site = Site.assemble("privileged")) {
            site.install(privileged);
            site.addUsers();
            site.start(Jdk.running());

            Story.passesAt(site, privileged);
        }
    }

    private static void operatorsOwnSetenv(Site site) throws IOException {
        Path setenv = Files.writeString(site.home().resolve("bin/setenv.sh"), OWN_SETENV);
        Files.setPosixFilePermissions(setenv, PosixFilePermissions.fromString("rwxr-x---"));
    }

    private static boolean canBind(InetSocketAddress address) {
        try {
            Loopback.hold(address).close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}

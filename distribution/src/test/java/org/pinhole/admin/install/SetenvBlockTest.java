package org.pinhole.admin.install;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The block as a shell sees it, with launchers that only say their version. */
class SetenvBlockTest {
    private static final String PROVIDER = "-Djavax.servlet.sip.ar.spi.SipApplicationRouterProvider=";

    @TempDir
    private Path folder;

    private FakeContainer container;

    @BeforeEach
    void installed() throws IOException {
        container = new FakeContainer(folder);
        container.install();
    }

    @Test
    void aPathWithBlanksReachesTheVirtualMachineWhole() throws Exception {
        assertThat(sourced("17.0.15", ""))
                .contains("[-javaagent:" + container.base().toRealPath() + "/pinhole/pinhole-agent.jar]");
    }

    @Test
    void java17GetsAnEmptyEndorsedFolderAndTheOpens() throws Exception {
        assertThat(sourced("17.0.15", "JDK_JAVA_OPTIONS=-Dtheirs=1; "))
                .contains("endorsed=\"\"")
                .contains("launcher=-Dtheirs=1 --add-opens=java.base/java.lang=ALL-UNNAMED ");
    }

    @Test
    void java8KeepsItsEndorsedFolder() throws Exception {
        assertThat(sourced("1.8.0_402", "")).contains("endorsed=\n");
    }

    @Test
    void java8GetsAgentAndRouterAndNoOptionThatItsVirtualMachineRefuses() throws Exception {
        String arguments = sourced("1.8.0_402", "").split("endorsed=", 2)[0];

        assertThat(arguments)
                .contains("/pinhole/pinhole-agent.jar]\n")
                .contains("[" + PROVIDER + "org.mobicents.servlet.sip.router.DefaultApplicationRouterProvider]\n")
                .doesNotContain("--add-opens");
    }

    @Test
    void whatTheOperatorHasSetIsLeftAlone() throws Exception {
        String seen = sourced("17.0.15", "JAVA_ENDORSED_DIRS=/own; CATALINA_OPTS=' " + PROVIDER + "own.Router'; ");

        assertThat(seen).contains("endorsed=/own\n").contains("[" + PROVIDER + "own.Router]");
        assertThat(seen).doesNotContain("DefaultApplicationRouterProvider");
    }

    @Test
    void aMissingAgentDoesNotKeepTheContainerFromStarting() throws Exception {
        Files.delete(container.path("pinhole/pinhole-agent.jar"));

        assertThat(sourced("17.0.15", "")).doesNotContain("-javaagent").contains("is gone, starting without it");
    }

    /** Sources setenv.sh as catalina.sh does and prints what came of it; arguments as the JVM would get them. */
    private String sourced(String javaVersion, String before) throws IOException, InterruptedException {
        Path java = folder.resolve("jvm/bin/java");
        Files.createDirectories(java.resolveSibling("."));
        Files.write(java, ("#!/bin/sh\necho 'openjdk version \"" + javaVersion + "\"' >&2\n").getBytes(UTF_8));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        String script = before + ". \"$CATALINA_BASE/bin/setenv.sh\"; eval set -- $CATALINA_OPTS; "
                + "for argument; do echo \"[$argument]\"; done; "
                + "echo \"endorsed=$JAVA_ENDORSED_DIRS\"; echo \"launcher=$JDK_JAVA_OPTIONS\"";
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script).redirectErrorStream(true);
        shell.environment().remove("JRE_HOME");
        shell.environment().remove("JDK_JAVA_OPTIONS");
        shell.environment().put("JAVA_HOME", folder.resolve("jvm").toString());
        shell.environment().put("CATALINA_BASE", container.base().toRealPath().toString());
        Process process = shell.start();
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        try (InputStream in = process.getInputStream()) {
            for (int next = in.read(); next >= 0; next = in.read()) {
                seen.write(next);
            }
        }
        assertThat(process.waitFor()).isZero();
        return new String(seen.toByteArray(), UTF_8);
    }
}

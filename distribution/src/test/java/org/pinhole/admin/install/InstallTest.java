package org.pinhole.admin.install;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.admin.file.AdminException;

class InstallTest {
    private static final String SETENV = "bin/setenv.sh";

    @TempDir
    private Path folder;

    private FakeContainer container;

    @BeforeEach
    void anOperatorsContainer() throws IOException {
        container = new FakeContainer(folder);
    }

    @Test
    void uninstallRestoresAContainerWithoutSetenvByteForByte() throws IOException {
        Map<String, String> before = container.tree();

        container.install();
        assertThat(container.tree()).isNotEqualTo(before);
        container.uninstall(null, false);

        assertThat(container.tree()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "JAVA_OPTS=-Xmx1g\n",
                "JAVA_OPTS=-Xmx1g",
                "JAVA_OPTS=-Xmx1g\r\n",
                "A=1\r\nB=2",
                "\n",
                "NAME=\u00e9\u00ff\n\n"
            })
    void uninstallRestoresAnySetenvByteForByte(String setenv) throws IOException {
        container.write(SETENV, setenv);
        Files.setPosixFilePermissions(container.path(SETENV), PosixFilePermissions.fromString("rwxr-x--x"));
        Map<String, String> before = container.tree();

        container.install();
        assertThat(container.read(SETENV)).startsWith(setenv).contains("pinhole-agent.jar");
        container.install();
        container.uninstall(null, false);

        assertThat(container.tree()).isEqualTo(before);
    }

    @Test
    void installingTwiceChangesNothing() throws IOException {
        container.install();
        Map<String, String> once = container.tree();

        container.install();

        assertThat(container.tree()).isEqualTo(once);
        assertThat(container.said()).contains("the block is there already").contains("pinhole.war: unchanged");
    }

    @Test
    void whatTheContainerMakesOfUsAtRunTimeGoesToo() throws IOException {
        container.write("work/Sip-Servlets/localhost/registrar/x", "theirs");
        Map<String, String> before = container.tree();
        container.install();
        container.write("webapps/pinhole/WEB-INF/sip.xml", "unpacked");
        container.write("work/Sip-Servlets/localhost/pinhole/SESSIONS.ser", "scratch");
        container.write("conf/pinhole/ca.pem", "made on first start");
        container.write("conf/pinhole.users", "alice:r:00");

        container.uninstall(null, false);

        assertThat(container.tree()).isEqualTo(before);
    }

    @Test
    void settingsUsersAndKeysAreSavedForTheOperatorOnly() throws IOException {
        container.install();
        container.write("conf/pinhole.users", "alice:r:00");
        container.write("conf/pinhole/ca.pem", "ca");
        Path archive = folder.resolve("saved.zip");

        container.uninstall(archive, false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(archive)))
                .isEqualTo("rw-------");
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            assertThat(zip.stream().map(Object::toString))
                    .containsExactlyInAnyOrder("conf/pinhole.properties", "conf/pinhole.users", "conf/pinhole/ca.pem");
        }
        assertThat(container.said()).contains("saved.zip: settings, users and keys saved (3 files");
    }

    @Test
    void aSavedArchiveIsNeverOverwritten() throws IOException {
        container.install();
        Path archive = Files.createFile(folder.resolve("saved.zip"));

        assertThatThrownBy(() -> container.uninstall(archive, false))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("exists already");
        assertThat(container.path("webapps/pinhole.war")).exists();
    }

    @Test
    void anUpgradeKeepsSettingsAndSaysWhatIsNew() throws IOException {
        container.install();
        container.write("conf/pinhole.properties", "pinhole.digest.realm=example.com\n#pinhole.role=edge\n");
        container.write("webapps/pinhole/WEB-INF/sip.xml", "unpacked by the container");
        container.newRelease();

        container.install();

        assertThat(container.read("conf/pinhole.properties")).startsWith("pinhole.digest.realm=example.com");
        assertThat(container.read("webapps/pinhole.war")).isEqualTo("war 2");
        assertThat(container.read("pinhole/pinhole-agent.jar")).isEqualTo("agent 2");
        assertThat(container.path("webapps/pinhole")).doesNotExist();
        assertThat(container.said())
                .containsPattern(
                        "new settings it does not mention: pinhole.connector, pinhole.public-name, pinhole.contact");
    }

    @Test
    void theContainersUserCanReadTheAgentWhateverTheUmask() throws IOException {
        Files.createDirectory(
                container.path("pinhole"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));

        container.install();

        assertThat(container.tree().get("pinhole")).startsWith("rwxr-xr-x ");
        assertThat(container.tree().get("pinhole/pinhole-agent.jar")).startsWith("rw-r--r-- ");
        assertThat(container.tree().get("conf/pinhole.properties")).startsWith("rw-r----- ");
    }

    @Test
    void anArchiveThatCannotBeWrittenIsSaidBeforeAnythingIsRemoved() throws IOException {
        container.install();
        Map<String, String> before = container.tree();

        assertThatThrownBy(() -> container.uninstall(folder.resolve("nowhere/saved.zip"), false))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("nothing was removed; say --save FILE");

        assertThat(container.tree()).isEqualTo(before);
    }

    @Test
    void linesThatTheOperatorAddsAroundTheBlockStay() throws IOException {
        container.write(SETENV, "A=1");
        container.install();
        container.write(SETENV, container.read(SETENV) + "B=2\n");

        container.uninstall(null, false);

        assertThat(container.read(SETENV)).isEqualTo("A=1\nB=2\n");
    }

    @Test
    void anEditedBlockIsRefusedBeforeAnythingIsTouched() throws IOException {
        container.install();
        container.write(SETENV, container.read(SETENV).replace("-javaagent:", "-Xmx2g -javaagent:"));
        Map<String, String> before = container.tree();

        assertThatThrownBy(() -> container.uninstall(null, false))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("edited by hand")
                .hasMessageContaining("--force");
        assertThatThrownBy(container::install).hasMessageContaining("edited by hand");
        assertThat(container.tree()).isEqualTo(before);

        container.uninstall(null, true);
        assertThat(container.path(SETENV)).doesNotExist();
    }

    @Test
    void aBlockWithoutItsEndIsNotGuessedAt() throws IOException {
        container.install();
        container.write(SETENV, container.read(SETENV).replace("# <<< pinhole <<<\n", ""));

        assertThatThrownBy(() -> container.uninstall(null, true)).hasMessageContaining("lost its last line");
    }

    @Test
    void whatIsNoSipServletContainerIsSaidAndLeftAlone() throws IOException {
        Path tomcat = Files.createDirectories(folder.resolve("plain/conf"));
        Files.createFile(tomcat.resolve("server.xml"));

        assertThatThrownBy(() -> Container.at(folder.resolve("plain"), null).requireSipServlets())
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("conf/server.xml was expected to name org.mobicents.servlet.sip");
        assertThatThrownBy(() -> Container.at(folder.resolve("nowhere"), null)).hasMessageContaining("no such folder");
    }

    @Test
    void aBaseWithItsOwnLibElsewhereNeedsToBeToldWhere() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.move(container.path("lib"), home.resolve("lib"));
        Files.delete(container.path("bin/catalina.sh"));
        Files.delete(container.path("bin"));
        Map<String, String> before = container.tree();

        assertThatThrownBy(container::install).hasMessageContaining("--catalina-home");
        container.install(home, false);

        assertThat(container.read(SETENV)).contains(". \"$CATALINA_HOME/bin/setenv.sh\"");
        container.uninstall(null, false);
        assertThat(container.tree()).isEqualTo(before);
    }

    @Test
    void uninstallingWhatIsNotInstalledSaysSo() throws IOException {
        container.uninstall(folder.resolve("saved.zip"), false);

        assertThat(container.said()).contains("nothing of Pinhole is here");
        assertThat(folder.resolve("saved.zip")).doesNotExist();
    }
}

package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.bridge.DeploymentRefused;

@Tag("T-8")
class TurnSecretsTest {
    private final Properties file = new Properties();

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path base;

    @Test
    void aSecretOfTheOwnersAloneIsTakenRelativeToTheContainersBase() throws IOException {
        write("secret", "north wind\n", "rw-------");
        file.setProperty("pinhole.turn.uris", "turns:192.0.2.1:443?transport=tcp");
        file.setProperty("pinhole.turn.secret-file", "secret");

        Settings settings = completed();
        TurnSecrets.require("app", settings);

        assertThat(settings.get(Parameter.TURN_SECRET_FILE))
                .isEqualTo(base.resolve("secret").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinhole.turn.secret-file", "pinhole.turn.key-lookup-token-file"})
    void aFileThatOthersMayReadIsRefusedWithItsModeAndWhatToDo(String parameter) throws IOException {
        write("secret", "north wind", "rw-r-----");
        file.setProperty(parameter, "secret");

        assertRefused(parameter + "=" + base.resolve("secret") + ": ", "(rw-r-----); chmod 600");
    }

    @Test
    void aMissingFileIsRefused() {
        file.setProperty("pinhole.turn.key-lookup-token-file", "nowhere");

        assertRefused("pinhole.turn.key-lookup-token-file=" + base.resolve("nowhere"), "make it, mode 0600");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        write("secret", " \n", "rw-------");
        file.setProperty("pinhole.turn.secret-file", "secret");

        assertRefused("pinhole.turn.secret-file=", "it is empty");
    }

    @Test
    void urisWithoutASecretAreRefused() {
        file.setProperty("pinhole.turn.uris", "turn:192.0.2.1");

        assertRefused("pinhole.turn.uris is set", "pinhole.turn.secret-file is not");
    }

    @Test
    void withoutTurnNothingIsAskedFor() {
        TurnSecrets.require("app", completed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "turn:192.0.2.1",
                "turn:turn.example.com:80?transport=tcp",
                "turns:[2001:db8::1]:443?transport=tcp, turn:192.0.2.1:3478?transport=udp",
                "turns:turn.example.com"
            })
    void turnUrisAreTaken(String uris) {
        Parameter.TURN_URIS.check(uris);
    }

    @ParameterizedTest
    @CsvSource({
        "pinhole.turn.uris, stun:192.0.2.1, turns:HOST:PORT",
        "pinhole.turn.uris, 'turn:a,', turns:HOST:PORT",
        "pinhole.turn.uris, turn:a:70000, turns:HOST:PORT",
        "pinhole.turn.uris, turn:a:0, turns:HOST:PORT",
        "pinhole.turn.uris, turns:a?transport=udp, turns:HOST:PORT",
        "pinhole.turn.uris, 'turn:a\"b', turns:HOST:PORT",
        "pinhole.turn.credential-seconds, 59, 60 to 86400",
        "pinhole.turn.credential-seconds, 86401, 60 to 86400",
        "pinhole.turn.credential-seconds, 1h, 60 to 86400",
        "pinhole.turn.probe, localhost, HOST:PORT",
        "pinhole.turn.probe, a:99999, HOST:PORT",
    })
    void wrongValuesAreRefusedWithWhatIsAllowed(String parameter, String value, String allowed) {
        file.setProperty(parameter, value);

        assertThatThrownBy(this::completed)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageStartingWith("app: " + parameter + "=" + value + " (conf/pinhole.properties): ")
                .hasMessageContaining(allowed)
                .message()
                .hasLineCount(1);
    }

    private void assertRefused(String said, String advised) {
        assertThatThrownBy(() -> TurnSecrets.require("app", completed()))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageStartingWith("app: " + said)
                .hasMessageContaining(advised)
                .hasMessageNotContaining("north wind")
                .message()
                .hasLineCount(1);
    }

    private Settings completed() {
        Settings given = Settings.of("app", Collections.emptyMap(), file, new Properties());
        return ConnectorPlan.completed(given, new ContainerFiles(new File(base.toString())));
    }

    private void write(String name, String content, String mode) throws IOException {
        Path secret = Files.write(base.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString(mode));
    }
}

package org.pinhole.connector.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.connector.file.FileFault;

class FlowTokenKeyFileTest {
    private final Instant start = Instant.ofEpochSecond(1_800_000_000);
    private final SecureRandom random = new SecureRandom();

    @TempDir
    File folder;

    @Test
    @Tag("O-7")
    void afterARestartATokenIsKnownToBeOurs() throws Exception {
        ConnectionId connection = ConnectionId.random(random);
        String token = new FlowTokenCodec(file(start)).encode(connection).text();

        FlowTokenCodec restarted = new FlowTokenCodec(file(start.plus(Duration.ofDays(30))));

        assertThat(restarted.decode(token).kind()).isEqualTo(TokenVerdict.Kind.GENUINE);
        assertThat(restarted.decode(token).connection()).isEqualTo(connection);
    }

    @Test
    void theFileIsItsOwnersOnly() throws Exception {
        file(start);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().toPath())))
                .isEqualTo("rw-------");
    }

    @Test
    void keysAreNumberedInSequenceAndANewOneIsMadeWhenItIsTime() throws Exception {
        FlowTokenKeyFile file = file(start);
        file.refresh(start.plus(Duration.ofHours(24)).minusSeconds(1));
        assertThat(file.keys()).extracting(key -> key.id()).containsExactly(0);

        for (int day = 1; day <= 300; day++) {
            file.refresh(start.plus(Duration.ofDays(day)));
        }

        assertThat(file.keys()).hasSize(TokenKeyRing.KEPT);
        assertThat(file.keys().get(0).id()).isEqualTo(300 % 256);
        assertThat(file.keys().get(TokenKeyRing.KEPT - 1).id()).isEqualTo(300 - TokenKeyRing.KEPT + 1);
        assertThat(file(start.plus(Duration.ofDays(300))).keys().get(0).secret())
                .isEqualTo(file.keys().get(0).secret());
    }

    @Test
    void aFileThatCannotBeWrittenAnyMoreLeavesTheKeysAsTheyAre() throws Exception {
        FlowTokenKeyFile file = file(start);
        Files.delete(path().toPath());
        Files.createDirectory(path().toPath());

        file.refresh(start.plus(Duration.ofDays(2)));

        assertThat(file.keys()).extracting(key -> key.id()).containsExactly(0);
    }

    @Test
    void whatIsNoFileOfTokenKeysIsRefusedAndNeverOverwritten() throws Exception {
        String key = "0 1800000000 " + new String(new char[64]).replace('\0', 'a') + "\n";
        for (String text : new String[] {"", "node 00112233\n", key, "node 00112233\n" + key + key, "<Server/>\n"}) {
            Files.write(path().toPath(), text.getBytes(StandardCharsets.UTF_8));

            assertThatThrownBy(() -> file(start))
                    .isInstanceOf(FileFault.class)
                    .hasMessageContaining(path().getPath())
                    .hasMessageContaining("is no file of flow token keys");
            assertThat(new String(Files.readAllBytes(path().toPath()), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    private File path() {
        return new File(folder, "flow-token.keys");
    }

    private FlowTokenKeyFile file(Instant now) throws FileFault {
        return new FlowTokenKeyFile(path(), Duration.ofHours(24), random, now);
    }
}

package org.pinhole.turn.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("T-1")
class TicketKeyFileTest {
    @TempDir
    Path folder;

    private Path path;
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");
    private TicketKeyFile file;

    @BeforeEach
    void aFileThatDoesNotExist() {
        path = folder.resolve("tickets");
        file = new TicketKeyFile(path, () -> now, new SecureRandom());
    }

    @Test
    void theFileIsMadeForItsOwnerAloneAndReadAgain() throws IOException {
        TicketKeys made = file.current();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
        assertThat(new TicketKeyFile(path, () -> now, new SecureRandom()).current())
                .isEqualTo(made);
        assertThat(folder.toFile().list()).containsExactly("tickets");
    }

    @Test
    void theNewestKeySealsForTwelveHoursAndOpensForTwoDays() throws IOException {
        TicketKey first = file.current().keys().get(0);

        now = now.plus(Duration.ofHours(12)).minusSeconds(1);
        assertThat(file.current().keys()).containsExactly(first);
        now = now.plusSeconds(1);
        assertThat(file.current().keys()).hasSize(2).endsWith(first);
        for (int rotations = 2; rotations <= 4; rotations++) {
            now = now.plus(TicketKeys.ROTATION);
            assertThat(file.current().keys()).hasSize(rotations + 1).endsWith(first);
        }
        now = now.plus(TicketKeys.ROTATION);
        assertThat(file.current().keys()).hasSize(TicketKeys.KEPT).doesNotContain(first);
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        file.current();
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(file::current).isInstanceOf(IOException.class).hasMessageContaining("chmod 600 " + path);
    }

    @Test
    void aBrokenLineIsNamedAndNotShown() throws IOException {
        file.current();
        Files.write(path, List.of("# comment", "2026-03-01T00:00:00Z c2hvcnQ="));

        assertThatThrownBy(file::current)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("line 2: expected TIME BASE64 with 48 bytes of key")
                .hasMessageNotContaining("c2hvcnQ=");
    }
}

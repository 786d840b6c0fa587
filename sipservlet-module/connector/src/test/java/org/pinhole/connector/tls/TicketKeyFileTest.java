package org.pinhole.connector.tls;

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

class TicketKeyFileTest {
    private final Instant start = Instant.ofEpochSecond(1_800_000_000);

    @TempDir
    File folder;

    @Test
    @Tag("P-3")
    void keysAreMadeOnceForTheirOwnerOnlyAndReadByTheNextStart() throws Exception {
        String first = file().current(start).text();

        assertThat(file().current(start.plusSeconds(60)).text()).isEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().toPath())))
                .isEqualTo("rw-------");
        assertThat(folder.list()).containsExactly("ticket.keys");
    }

    @Test
    void aNewKeySealsEveryTwelveHoursAndTheOldOpenAsLongAsTheirTicketsLive() throws Exception {
        TicketKeys before = file().current(start);
        for (int hours = 12; hours <= 120; hours += 12) {
            TicketKeys after = file().current(start.plus(Duration.ofHours(hours)));
            String newest = after.text().split("\n", -1)[1];

            assertThat(before.text()).doesNotContain(newest);
            assertThat(after.text()).contains(before.text().split("\n", -1)[1]);
            before = after;
        }
        assertThat(before.size()).isEqualTo(5); // the sealing one, and those of the last 48 hours
    }

    @Test
    void keysThatOthersCouldReadAreReplaced() throws Exception {
        String exposed = file().current(start).text();
        Files.setPosixFilePermissions(path().toPath(), PosixFilePermissions.fromString("rw-r-----"));

        TicketKeys replaced = file().current(start);

        assertThat(replaced.text()).isNotEqualTo(exposed);
        assertThat(replaced.size()).isEqualTo(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().toPath())))
                .isEqualTo("rw-------");
    }

    @Test
    void whatIsNoFileOfTicketKeysIsRefusedAndNeverOverwritten() throws Exception {
        for (String text : new String[] {"", "<Server port=\"8005\"/>\n", "1800000000 00ff\n"}) {
            TestCertificates.write(path(), text);

            assertThatThrownBy(() -> file().current(start))
                    .isInstanceOf(TlsFault.class)
                    .hasMessageContaining(path().getPath())
                    .hasMessageContaining("is no file of ticket keys");
            assertThat(new String(Files.readAllBytes(path().toPath()), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        }
    }

    private File path() {
        return new File(folder, "ticket.keys");
    }

    private TicketKeyFile file() {
        return new TicketKeyFile(path(), Duration.ofHours(12), new SecureRandom());
    }
}

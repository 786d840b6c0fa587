package org.pinhole.app.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.HandClock;

class FileCredentialStoreTest {
    private static final String ONE = "11111111111111111111111111111111";
    private static final String TWO = "22222222222222222222222222222222";

    private final HandClock clock = new HandClock();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void aFileThatIsNotThereYet() {
        file = folder.resolve("users");
    }

    @Test
    void aFileThatWasNeverReadableIsNoAnswerRatherThanARefusal() {
        FileCredentialStore store = new FileCredentialStore(file, clock);

        assertThatThrownBy(() -> store.findHa1("a", "r", "MD5"))
                .isInstanceOf(CredentialsUnavailableException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aMendedFileIsReadWithinASecond() throws Exception {
        FileCredentialStore store = new FileCredentialStore(file, clock);
        assertThatThrownBy(() -> store.findHa1("a", "r", "MD5")).isInstanceOf(CredentialsUnavailableException.class);
        write("a:r:" + ONE);
        clock.advanceMillis(1000);

        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(ONE);
    }

    @Test
    void aChangeIsLookedForOnceASecondAtMost() throws Exception {
        write("a:r:" + ONE);
        FileCredentialStore store = new FileCredentialStore(file, clock);
        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(ONE);
        write("a:r:" + TWO + "\n# longer");

        clock.advanceMillis(999);
        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(ONE);
        clock.advanceMillis(1);
        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(TWO);
    }

    @Test
    void theLastGoodContentHoldsWhileTheFileIsMalformed() throws Exception {
        write("a:r:" + ONE);
        FileCredentialStore store = new FileCredentialStore(file, clock);
        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(ONE);
        write("a:r:" + TWO + "\nnonsense");
        clock.advanceSeconds(2);

        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(ONE);
    }

    /** Where the file system's times have seconds, neither time nor size tells. */
    @Test
    void aFileMovedIntoPlaceIsReadAlthoughTimeAndSizeAreTheSame() throws Exception {
        write("a:r:" + ONE);
        FileTime time = Files.getLastModifiedTime(file);
        FileCredentialStore store = new FileCredentialStore(file, clock);
        Path next = folder.resolve("next");
        Files.write(next, ("a:r:" + TWO).getBytes(StandardCharsets.UTF_8));
        Files.setLastModifiedTime(next, time);
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
        clock.advanceMillis(1000);

        assertThat(store.findHa1("a", "r", "MD5")).isEqualTo(TWO);
    }

    private void write(String text) throws IOException {
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    }
}

package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("U-5")
class InstanceIdTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void itIsMadeOnceAndTheSameEverAfter() throws IOException {
        Path file = folder.resolve("deeper/instance-id");

        UUID made = InstanceId.kept(file);

        assertThat(InstanceId.kept(file)).isEqualTo(made);
        assertThat(file).hasContent(made + "\n");
    }

    @Test
    void aFileThatHoldsSomethingElseIsLeftAloneAndNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("id"), "my notes");

        assertThatThrownBy(() -> InstanceId.kept(file)).hasMessageContaining(file + ": holds no UUID; remove it");
        assertThat(file).hasContent("my notes");
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
        Path noFolder = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> InstanceId.kept(noFolder.resolve("id")))
                .isInstanceOf(SipFailure.class)
                .hasMessageContaining("give another one");
    }
}

package org.pinhole.suite.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTracesTest {
    @Test
    void whatAProgramSaidAndWroteBesideOutlivesItsFolderAndSecretsDoNot(@TempDir Path work, @TempDir Path kept)
            throws Exception {
        Path folder = Files.createDirectory(work.resolve("phones"));
        Files.writeString(folder.resolve("sipp.messages"), "REGISTER");
        Files.writeString(folder.resolve("alice.password"), "secret");
        try (Foreign program = Foreign.start(folder, "echo", "echo", "BYE")) {
            program.awaitSuccess(Duration.ofSeconds(20));

            KeptTraces.keep(Foreign.outputs(), kept);
        }

        assertThat(kept.resolve("phones-echo.out")).hasContent("BYE");
        assertThat(kept.resolve("phones-sipp.messages")).hasContent("REGISTER");
        assertThat(kept).isDirectoryNotContaining("glob:**password");
    }
}

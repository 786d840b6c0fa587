package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operator's page names every option there is. */
class DocumentedOptionsTest {
    private static final Path PAGE = Path.of("src/docs/turn-server.md");

    static Stream<String> options() {
        return TurnMain.commandLine().getCommandSpec().optionsMap().keySet().stream()
                .filter(name -> name.startsWith("--") && !name.equals("--help") && !name.equals("--version"));
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionIsOnThePage(String option) throws Exception {
        assertThat(Files.readString(PAGE)).containsPattern("`" + option + "[ `]");
    }
}

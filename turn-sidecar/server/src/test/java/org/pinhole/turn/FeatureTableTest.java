package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever features.md says is tested, is: each test that it names, {@code Class.method} or a whole {@code Class}, exists. */
class FeatureTableTest {
    private static final Path PAGE = Path.of("src/docs/features.md");
    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:\\.([a-zA-Z0-9]+))?`");

    record Named(String type, String method) {}

    static Stream<Named> namedTests() throws IOException {
        return NAMED.matcher(Files.readString(PAGE)).results().map(FeatureTableTest::named);
    }

    @Test
    void theTableNamesTests() throws IOException {
        assertThat(namedTests().count()).isGreaterThan(40);
    }

    @ParameterizedTest
    @MethodSource("namedTests")
    void aNamedTestExists(Named named) throws IOException {
        List<Path> sources = sourcesOf(named.type());

        assertThat(sources).as(named.type()).isNotEmpty();
        assertThat(sources)
                .anySatisfy(source -> assertThat(Files.readString(source))
                        .contains(named.method().isEmpty() ? "class " + named.type() : " " + named.method() + "("));
    }

    private static Named named(MatchResult match) {
        return new Named(match.group(1), match.group(2) == null ? "" : match.group(2));
    }

    private static List<Path> sourcesOf(String type) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String module : List.of(
                "turn-sidecar/stun", "turn-sidecar/server", "integration-tests/suite", "sipservlet-module/app")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                files.filter(file -> file.endsWith(type + ".java")).forEach(sources::add);
            }
        }
        return sources;
    }
}

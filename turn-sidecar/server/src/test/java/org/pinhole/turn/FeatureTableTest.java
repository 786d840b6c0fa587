package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever features.md says is tested, is: each test that it names, {@code Class.method} or a whole {@code Class}, exists. */
class FeatureTableTest {
    private static final Path PAGE = Path.of("src/docs/features.md");
    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z][A-Za-z0-9]*(?:Test|IT))(?:\\.([a-zA-Z0-9_]+))?`");

    private static final Pattern METHOD = Pattern.compile(
            "(?m)^ +(?:public |private |protected |static |final )*[\\w<>\\[\\], .]+ (\\w+)\\([^;]*?\\{$");
    private static final Pattern RULE = Pattern.compile("@ArchTest\\s+static final ArchRule (\\w+)");
    private static final Pattern ANNOTATED =
            Pattern.compile("(?m)^ +@(?:Test|ParameterizedTest|RepeatedTest|FuzzTest)\\b");

    record Named(String type, String method) {}

    static Stream<Named> namedTests() throws IOException {
        return NAMED.matcher(Files.readString(PAGE)).results().map(FeatureTableTest::named);
    }

    /** What a row claims, a test shows; a heading's first cell is empty. */
    @Test
    void everyRowNamesATest() throws IOException {
        List<String> rows = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| |"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(80)
                .allMatch(row -> NAMED.matcher(row).find());
    }

    @ParameterizedTest
    @MethodSource("namedTests")
    void aNamedTestExists(Named named) throws IOException {
        List<Path> sources = sourcesOf(named.type());

        assertThat(sources).as(named.type()).isNotEmpty();
        assertThat(sources)
                .anySatisfy(source -> assertThat(tests(Files.readString(source)))
                        .as("tests of %s", source)
                        .contains(
                                named.method().isEmpty()
                                        ? tests(Files.readString(source)).get(0)
                                        : named.method()));
    }

    /** The rules, and the methods that have a test's annotation between the end of what stands before them and their name. */
    private static List<String> tests(String source) {
        List<String> tests = new ArrayList<>();
        int behind = 0;
        for (Matcher method = METHOD.matcher(source); method.find(); behind = method.end()) {
            if (ANNOTATED.matcher(source.substring(behind, method.start())).find()) {
                tests.add(method.group(1));
            }
        }
        RULE.matcher(source).results().forEach(rule -> tests.add(rule.group(1)));
        return tests;
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

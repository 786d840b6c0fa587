package org.pinhole.suite.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.pinhole.suite.conformance.Repository;

/** What holds for the repository as a whole and no compiler checks. */
class RepositoryRulesTest {
    private static final Set<String> MODULES =
            Set.of("plugin-api", "sipservlet-module", "turn-sidecar", "integration-tests", "distribution");
    private static final Set<String> FILES = Set.of(
            "pom.xml",
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "SECURITY.md",
            "LICENSE",
            "NOTICE",
            "demo.sh",
            "test.sh",
            ".ci",
            ".mvn",
            ".githooks",
            ".gitignore",
            ".gitattributes",
            ".editorconfig");
    private static final int README_LINES = 150;

    /** A path of the machine something was written on; spelled so that this file does not match. */
    private static final Pattern MACHINE_PATH = Pattern.compile("(?<![\\w.${}-])/(work|root)/[\\w.]");

    private final Path root = Repository.root();

    @Test
    void theTopLevelHoldsTheModulesAndTheFilesARepositoryNeeds() throws IOException {
        List<String> unexpected = tracked()
                .map(path -> path.getName(0).toString())
                .distinct()
                .filter(name -> !MODULES.contains(name) && !FILES.contains(name))
                .toList();

        assertThat(unexpected).isEmpty();
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(root.resolve(module)).isDirectory());
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        Path readme = root.resolve("README.md");

        assertThat(Files.readAllLines(readme)).isNotEmpty().hasSizeLessThan(README_LINES);
    }

    @Test
    void bothSidesOfTheTurnIdentityTestAgainstTheSameVectors() {
        String vectors = "src/test/resources/vectors/turn-identity.json";

        assertThat(root.resolve("sipservlet-module/app").resolve(vectors))
                .hasSameBinaryContentAs(root.resolve("turn-sidecar/server").resolve(vectors));
    }

    @Test
    void noFileNamesAPathOfTheMachineItWasWrittenOn() throws IOException {
        List<String> offenders =
                tracked().filter(this::namesAMachinePath).map(Path::toString).toList();

        assertThat(offenders).isEmpty();
    }

    private boolean namesAMachinePath(Path file) {
        try {
            return MACHINE_PATH
                    .matcher(new String(
                            Files.readAllBytes(root.resolve(file)), java.nio.charset.StandardCharsets.ISO_8859_1))
                    .find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Everything but what a build or an editor leaves behind (.gitignore says the same); git itself may be absent. */
    private Stream<Path> tracked() throws IOException {
        return Repository.files(root).stream().map(root::relativize);
    }
}

package org.pinhole.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** The committed table says what the tags say, and every tag names a row. */
class ConformanceTest {
    private final Path root = Repository.root();
    private final SortedMap<String, Requirement> requirements = RequirementList.load();
    private final List<TaggedTest> tests = Repository.taggedTests(root);

    @Test
    void everyTagNamesAKnownRequirement() {
        assertThat(tests)
                .allSatisfy(test -> assertThat(requirements)
                        .as("%s is tagged %s, which requirements.tsv does not list", test.name(), test.id())
                        .containsKey(test.id()));
    }

    @Test
    void theTableIsWhatTheTagsSay() {
        Path file = Repository.conformance(root);

        String committed = Files.exists(file) ? Repository.read(file) : "";

        assertThat(committed)
                .as("conformance.md is out of date; write it anew with: %s", ConformanceTable.COMMAND)
                .isEqualTo(ConformanceTable.render(requirements.values(), tests));
    }
}

package org.pinhole.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConformanceTableTest {
    private static final List<Requirement> REQUIREMENTS =
            RequirementList.parse(List.of("O-10\tM\t§6\tten", "O-2\tM\t§4\ttwo", "K-1\tS\t§4.1\tone")).values().stream()
                    .toList();

    @Test
    void rowsStandInTheOrderOfFamiliesAndNumbers() {
        String table = ConformanceTable.render(REQUIREMENTS, List.of());

        assertThat(table).containsSubsequence("| K-1 |", "| O-2 |", "| O-10 |");
    }

    @Test
    void aRequirementWithoutATestSaysNotYet() {
        assertThat(ConformanceTable.render(REQUIREMENTS, List.of()))
                .contains("| K-1 | S | one | §4.1 | not yet |")
                .contains("0 of 3");
    }

    @Test
    void whatDoesNotApplySaysWhyAndHasNoTest() {
        List<Requirement> one = List.copyOf(RequirementList.parse(List.of("O-3\tM\t§8\tthree\tnobody has one"))
                .values());

        assertThat(ConformanceTable.render(one, List.of()))
                .contains("| O-3 | M | three | §8 | does not apply: nobody has one |")
                .contains("0 of 1 requirements have at least one test; 1 cannot be asked");
        assertThatThrownBy(() -> ConformanceTable.render(one, List.of(new TaggedTest("O-3", "ATest"))))
                .hasMessageContaining("O-3 does not apply");
    }

    @Test
    void testsAreSortedAndNamedOnce() {
        List<TaggedTest> tests = List.of(
                new TaggedTest("K-1", "ZTest.last"),
                new TaggedTest("K-1", "ATest.first"),
                new TaggedTest("K-1", "ATest.first"));

        assertThat(ConformanceTable.render(REQUIREMENTS, tests))
                .contains("| `ATest.first`<br>`ZTest.last` |")
                .contains("1 of 3");
    }
}

package org.pinhole.suite.conformance;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the table as Markdown. The same tags give the same bytes, whatever order the files were read in. */
final class ConformanceTable {
    static final String COMMAND = "./integration-tests/conformance.sh";

    private static final String HEAD = """
            # Conformance

            Which test proves which requirement. Made from the tests' `@Tag("<id>")` by
            `%s`; a test fails while this file says something else than the tags do.
            Levels: M must, S should, O optional, profile: our reading where the text leaves room.
            Families: K RFC 6223, O RFC 5626, D SIP Digest, P the P-CSCF side, U the UE, T the TURN server, trap: what goes wrong
            most easily at the edge of a servlet container.

            %d of %d requirements have at least one test; %d cannot be asked of anything here, for the reason in the test's place.

            | id | level | requirement | source | tests |
            |---|---|---|---|---|
            """;

    private ConformanceTable() {}

    static String render(Collection<Requirement> requirements, Collection<TaggedTest> tests) {
        long proven = requirements.stream()
                .filter(requirement -> !testsOf(requirement, tests).isEmpty())
                .count();
        long notHere = requirements.stream()
                .filter(requirement -> !requirement.notHere().isEmpty())
                .count();
        return HEAD.formatted(COMMAND, proven, requirements.size(), notHere)
                + requirements.stream()
                        .map(requirement -> row(requirement, testsOf(requirement, tests)))
                        .collect(Collectors.joining());
    }

    private static String row(Requirement requirement, List<String> tests) {
        if (!tests.isEmpty() && !requirement.notHere().isEmpty()) {
            throw new IllegalArgumentException(requirement.id() + " does not apply, and yet there is " + tests);
        }
        String without = requirement.notHere().isEmpty() ? "not yet" : "does not apply: " + requirement.notHere();
        String proof = tests.isEmpty()
                ? without
                : tests.stream().map(test -> "`" + test + "`").collect(Collectors.joining("<br>"));
        return "| %s | %s | %s | %s | %s |%n"
                .formatted(requirement.id(), requirement.level(), requirement.text(), requirement.source(), proof)
                .replace("\r\n", "\n");
    }

    private static List<String> testsOf(Requirement requirement, Collection<TaggedTest> tests) {
        return tests.stream()
                .filter(test -> test.id().equals(requirement.id()))
                .map(TaggedTest::name)
                .distinct()
                .sorted()
                .toList();
    }
}

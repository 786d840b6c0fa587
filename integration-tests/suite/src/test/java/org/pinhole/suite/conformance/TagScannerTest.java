package org.pinhole.suite.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TagScannerTest {
    // The ids are put in at run time: written out, they would be found in this file too.
    private static final String FIRST = "K-" + 1;
    private static final String SECOND = "O-" + 12;

    @Test
    void aTagOnAMethodNamesTheMethod() {
        String source = """
                class FlowTest {
                    @Test
                    @Tag("%s")
                    @Tag("%s")
                    void aFlowLives() {
                """.formatted(FIRST, SECOND);

        assertThat(TagScanner.scan(source))
                .containsExactly(
                        new TaggedTest(FIRST, "FlowTest.aFlowLives"), new TaggedTest(SECOND, "FlowTest.aFlowLives"));
    }

    @Test
    void aTagOnAClassNamesTheClassAndNoMethodInIt() {
        String source = """
                @Tag("%s")
                final class FlowTest {
                    @Test
                    void aFlowLives() {
                """.formatted(FIRST);

        assertThat(TagScanner.scan(source)).containsExactly(new TaggedTest(FIRST, "FlowTest"));
    }

    @Test
    void aNestedClassIsNamedWithItsOuterOne() {
        String source = """
                class FlowTest {
                    @Nested
                    @Tag("%s")
                    class WhenDead {
                """.formatted(FIRST);

        assertThat(TagScanner.scan(source)).containsExactly(new TaggedTest(FIRST, "FlowTest$WhenDead"));
    }

    @Test
    void whatStandsBehindANestedTypeIsTheOuterOnes() {
        String source = """
                class FlowTest {
                    private record Told(String what) {}

                    private static final class Dialled implements Dialler {
                        @Override
                        public void dial() {
                        }
                    }

                    @Test
                    @Tag("%s")
                    void aFlowLives() {
                """.formatted(FIRST);

        assertThat(TagScanner.scan(source)).containsExactly(new TaggedTest(FIRST, "FlowTest.aFlowLives"));
    }

    @Test
    void aTagThatIsNoRequirementIsLeftOut() {
        assertThat(TagScanner.scan("@Tag(\"agent\")\nclass AgentIT {\n")).isEmpty();
    }
}

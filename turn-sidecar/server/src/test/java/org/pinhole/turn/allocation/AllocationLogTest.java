package org.pinhole.turn.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllocationLogTest {

    /** GHSA-4g7c-p5wg-j4hp: names are text, never commands and never lines of their own. */
    @Test
    void aUserNameCannotWriteItsOwnLogLine() {
        assertThat(AllocationLog.quoted("alice")).isEqualTo("\"alice\"");
        assertThat(AllocationLog.quoted("a\r\nallocation=1 event=opened"))
                .isEqualTo("\"a??allocation=1 event=opened\"");
        assertThat(AllocationLog.quoted("x\" reason=\"y\\")).isEqualTo("\"x\\\" reason=\\\"y\\\\\"");
        assertThat(AllocationLog.quoted("%s%n{}\u001b[2J\u2028")).isEqualTo("\"%s%n{}?[2J?\"");
    }
}

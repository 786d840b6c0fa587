package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.RequestCounts.Outcome;

/** A table of fixed size, whatever clients send. */
class RequestCountsTest {
    private final RequestCounts counts = new RequestCounts();

    @Test
    void whatARequestCameToIsCountedByItsMethod() {
        counts.succeeded(StunMethod.ALLOCATE);
        counts.succeeded(StunMethod.ALLOCATE);
        counts.refused(StunMethod.CREATE_PERMISSION, 403);
        counts.unanswered(StunMethod.BINDING);

        assertThat(counts.seen())
                .containsOnly(
                        java.util.Map.entry(new Outcome("allocate", "success"), 2L),
                        java.util.Map.entry(new Outcome("create_permission", "403"), 1L),
                        java.util.Map.entry(new Outcome("binding", "unanswered"), 1L));
    }

    @Test
    void methodsAndCodesThatNobodyKnowsMakeNoLabels() {
        for (int code = 300; code < 700; code++) {
            for (int method = 0; method < 0x100; method++) {
                counts.refused(new StunMethod(method), code);
            }
        }

        assertThat(counts.seen()).hasSize(7 * 17);
        assertThat(counts.seen()).containsEntry(new Outcome("connect", "other"), 400L - 16);
    }
}

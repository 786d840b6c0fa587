package org.pinhole.suite.peer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class PeerConditionTest {
    private static final String PATH = "/usr/bin:/bin";

    @Test
    void aCommandThatIsThereLetsTheTestRun() {
        assertThatCode(() -> PeerCondition.require(List.of("sh"), Map.of("PATH", PATH, "CI", "true")))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingCommandSkipsTheTestAndIsNamed() {
        assertThatThrownBy(() -> PeerCondition.require(List.of("sh", "no-such-peer"), Map.of("PATH", PATH)))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("not on PATH: no-such-peer");
    }

    @Test
    void underCiAMissingCommandIsAFailure() {
        assertThatThrownBy(() -> PeerCondition.require(List.of("no-such-peer"), Map.of("PATH", PATH, "CI", "true")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-such-peer");
    }
}

package org.pinhole.connector.keepalive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeepAliveTest {
    @Test
    void anIntervalIsAnsweredAsItIs() {
        KeepAlive keepAlive = KeepAlive.parse("45");

        assertThat(keepAlive.value()).isEqualTo("45");
        assertThat(keepAlive.flowTimer()).isEqualTo("45");
    }

    @Test
    void zeroLeavesTheIntervalToTheSenderAndHasNoFlowTimer() {
        KeepAlive keepAlive = KeepAlive.parse("0");

        assertThat(keepAlive.value()).isEqualTo("0");
        assertThat(keepAlive.flowTimer()).isNull();
    }

    @Test
    void offRefuses() {
        assertThat(KeepAlive.parse("off").value()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "1801", "-1", "", "45s", "forever"})
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> KeepAlive.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("10 to 1800, 0 or off expected");
    }
}

package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1"})
    void thisHostsAddressToItself(String address) {
        assertThat(Loopback.names(address)).isTrue();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"localhost", "0.0.0.0", "128.0.0.1", "::", "::2", "1", "127.1", "127.0.0.1.", "999.0.0.1", ":"})
    void everythingElse(@Nullable String address) {
        assertThat(Loopback.names(address)).isFalse();
    }
}

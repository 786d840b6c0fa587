package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {
    @Test
    void anIpv6AddressStandsInBrackets() {
        HostPort parsed = HostPort.parse("[2001:db8::1]:443");

        assertThat(parsed.host()).isEqualTo("2001:db8::1");
        assertThat(parsed.authority()).isEqualTo("[2001:db8::1]:443");
    }

    @ParameterizedTest
    @ValueSource(strings = {"edge", "edge:", ":443", "edge:0", "edge:65536", "edge:https", "2001:db8::1:443"})
    void whatIsNoHostAndPortIsRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> HostPort.parse(text));
    }
}

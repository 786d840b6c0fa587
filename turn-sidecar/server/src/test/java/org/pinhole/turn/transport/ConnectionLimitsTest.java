package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.relay.IpLiteral;

class ConnectionLimitsTest {
    private final ConnectionLimits limits = new ConnectionLimits(3, 2);

    @Test
    void aSourceHasItsShareAndGetsItBack() {
        InetAddress source = IpLiteral.parse("192.0.2.1");

        assertThat(limits.enter(source)).isTrue();
        assertThat(limits.enter(source)).isTrue();
        assertThat(limits.enter(source)).isFalse();
        assertThat(limits.enter(IpLiteral.parse("192.0.2.2"))).isTrue();
        limits.leave(source);
        assertThat(limits.enter(source)).isTrue();
    }

    @Test
    void oneSubscribersIpv6PrefixIsOneSource() {
        assertThat(limits.enter(IpLiteral.parse("2001:db8::1"))).isTrue();
        assertThat(limits.enter(IpLiteral.parse("2001:db8::2"))).isTrue();
        assertThat(limits.enter(IpLiteral.parse("2001:db8::3"))).isFalse();
        assertThat(limits.enter(IpLiteral.parse("2001:db8:0:1::1"))).isTrue();
    }

    @Test
    void allTogetherHaveTheirs() {
        for (int i = 0; i < 3; i++) {
            assertThat(limits.enter()).isTrue();
        }
        assertThat(limits.enter()).isFalse();
        assertThat(limits.open()).isEqualTo(3);

        limits.leave();

        assertThat(limits.enter()).isTrue();
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorAddressTest {
    @Test
    void readsAddressAndPortOfBothFamilies() {
        assertThat(ConnectorAddress.parse("tls://127.0.0.1:8443")).hasToString("tls://127.0.0.1:8443");
        assertThat(ConnectorAddress.parse(" tls://[::1]:443 ").port()).isEqualTo(443);
    }

    @Test
    void anIpv6AddressIsItselfWithAndWithoutBracketsAndInEverySpelling() {
        ConnectorAddress address = ConnectorAddress.parse("tls://[::1]:443");

        for (String host : new String[] {"::1", "[::1]", "0:0:0:0:0:0:0:1", "[0:0:0:0:0:0:0:1]"}) {
            assertThat(address.isSelf(host, 443)).as(host).isTrue();
        }
        assertThat(address.isSelf("::2", 443)).isFalse();
        assertThat(address.isSelf("::1", 444)).isFalse();
        assertThat(address.isSelf("pinhole.test", 443)).isFalse();
        assertThat(address.isSelf(null, 443)).isFalse();
    }

    @Test
    void theStackNeverCallsItselfByTheWildcard() {
        assertThat(ConnectorAddress.parse("tls://0.0.0.0:443").stackAddress().isAnyLocalAddress())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "443",
                "tcp://127.0.0.1:443",
                "tls://127.0.0.1",
                "tls://127.0.0.1:0",
                "tls://127.0.0.1:65536",
                "tls://127.0.0.1:443/x",
                "tls://a@127.0.0.1:443",
                "tls://:443",
                "tls://127.0.0.1:x"
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> ConnectorAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("tls://ADDRESS:PORT expected");
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.Transport;

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
    void readsTheTransportToo() {
        ConnectorAddress address = ConnectorAddress.parse("tcp://127.0.0.1:80");

        assertThat(address.transport()).isEqualTo(Transport.TCP);
        assertThat(address).hasToString("tcp://127.0.0.1:80");
        assertThat(address.hostPort()).isEqualTo("127.0.0.1:80");
    }

    @Test
    void whatCannotBothBeBoundIsEqual() {
        ConnectorAddress tls = ConnectorAddress.parse("tls://127.0.0.1:443");

        assertThat(ConnectorAddress.parse("tcp://127.0.0.1:443")).isEqualTo(tls);
        assertThat(ConnectorAddress.parse("tls://127.0.0.2:443")).isNotEqualTo(tls);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls://[fe80::1]:443", "tls://169.254.1.1:443"})
    void aLinkLocalAddressIsRefusedWithTheReason(String text) {
        assertThatThrownBy(() -> ConnectorAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("link-local")
                .hasMessageContaining("[::]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tls://0.0.0.0:443", "tcp://[::]:80"})
    void theStackNeverCallsItselfByAWildcardOfEitherFamily(String text) {
        assertThat(ConnectorAddress.parse(text).stackAddress().isAnyLocalAddress())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "443",
                "udp://127.0.0.1:443",
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
                .hasMessageStartingWith("tls://ADDRESS:PORT or tcp://ADDRESS:PORT expected");
    }
}

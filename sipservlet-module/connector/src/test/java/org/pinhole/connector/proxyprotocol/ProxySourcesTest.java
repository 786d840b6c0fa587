package org.pinhole.connector.proxyprotocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxySourcesTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "127.0.0.2, false",
        "198.51.100.255, true",
        "198.51.101.0, false",
        "10.127.255.255, true",
        "10.128.0.0, false",
        "::ffff:127.0.0.1, true",
        "::1, true",
        "::2, false",
        "2001:db8:7fff::1, true",
        "2001:db8:8000::1, false"
    })
    void anAddressIsListedByItselfOrWithinItsNetwork(String address, boolean listed) throws UnknownHostException {
        ProxySources sources = ProxySources.parse("127.0.0.1, 198.51.100.9/24,10.0.0.0/9 ,::1,2001:db8::/33");

        assertThat(sources.contains(address(address))).isEqualTo(listed);
    }

    @Test
    void everybodyIsListedOnlyWhereThatIsWritten() throws UnknownHostException {
        assertThat(ProxySources.parse("0.0.0.0/0").contains(address("203.0.113.7")))
                .isTrue();
        assertThat(ProxySources.parse("0.0.0.0/0").contains(address("::1"))).isFalse();
        assertThat(ProxySources.parse("").isEmpty()).isTrue();
        assertThat(ProxySources.parse("").contains(address("127.0.0.1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "127.0.0.1/33",
                "::1/129",
                "127.0.0.1/",
                "127.0.0.1/-1",
                "1.2.3",
                "1.2.3.256",
                ",",
                "1:2"
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> ProxySources.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("addresses or networks separated by commas expected");
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}

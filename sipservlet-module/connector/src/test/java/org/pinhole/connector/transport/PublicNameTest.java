package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicNameTest {
    private static final ConnectorAddress BOUND = ConnectorAddress.parse("tls://10.0.0.5:8443");

    @Test
    void withoutAPortItIsTheConnectorsOwn() {
        ConnectorAddress address = BOUND.as(PublicName.parse("SIP.example.com"));

        assertThat(address.hostPort()).isEqualTo("sip.example.com:8443");
        assertThat(address.isSelf("sip.EXAMPLE.com", 8443)).isTrue();
        assertThat(address.isSelf("sip.example.com", 443)).isFalse();
    }

    @Test
    void aRedirectedPortIsTheOneThatPhonesAreTold() {
        ConnectorAddress address = BOUND.as(PublicName.parse("192.0.2.1:443"));

        assertThat(address.hostPort()).isEqualTo("192.0.2.1:443");
        assertThat(address.port()).isEqualTo(8443);
        assertThat(address.isSelf("192.0.2.1", 443)).isTrue();
        assertThat(address.isSelf("192.0.2.1", 8443)).isFalse();
    }

    @Test
    void theBoundAddressStaysOurs() {
        ConnectorAddress address = BOUND.as(PublicName.parse("sip.example.com:443"));

        assertThat(address.isSelf("10.0.0.5", 8443)).isTrue();
        assertThat(address.isSelf("10.0.0.5", 443)).isFalse();
    }

    @Test
    void anIpv6AddressIsKnownInEverySpelling() {
        ConnectorAddress address = BOUND.as(PublicName.parse("[2001:db8::1]:443"));

        assertThat(address.hostPort()).isEqualTo("[2001:db8::1]:443");
        assertThat(address.isSelf("[2001:db8:0:0:0:0:0:1]", 443)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sip.example.com:0",
                "sip.example.com:65536",
                "sip.example.com:",
                "sip:alice@example.com",
                "2001:db8::1",
                "[2001:db8::1",
                "[x]",
                "-a",
                "a b",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.400",
                "0.0.0.0",
                "[fe80::1]",
                "*.example.com",
                ""
            })
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> PublicName.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("HOST or HOST:PORT expected");
    }
}

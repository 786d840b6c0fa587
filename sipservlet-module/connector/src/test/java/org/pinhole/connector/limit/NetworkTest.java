package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void anIpv6SourceIsA64InA56InA48AndAnIpv4SourceAnAddressInA24() throws UnknownHostException {
        assertThat(Network.around(address("2001:db8:1:203:3:4:5:6")))
                .containsExactly(address("2001:db8:1::"), address("2001:db8:1:200::"), address("2001:db8:1:203::"));
        assertThat(Network.of(address("2001:db8:1:203:3:4:5:6"))).isEqualTo(address("2001:db8:1:200::"));
        assertThat(Network.of(address("192.0.2.7"))).isEqualTo(address("192.0.2.0"));
        assertThat(Network.around(address("192.0.2.7"))).containsExactly(address("192.0.2.0"), address("192.0.2.7"));
    }

    @Test
    void behindNat64And6to4EveryIpv4AddressIsAHost() throws UnknownHostException {
        assertThat(Network.host(address("64:ff9b::c000:207"))).isEqualTo(address("192.0.2.7"));
        assertThat(Network.around(address("2002:c000:207:1::1")))
                .containsExactly(address("192.0.2.0"), address("192.0.2.7"));
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }
}

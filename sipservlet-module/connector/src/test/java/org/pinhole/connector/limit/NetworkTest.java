package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NetworkTest {
    @Test
    void anIpv6SourceIsA64InA56InA48AndAnIpv4SourceAnAddressInA24() throws UnknownHostException {
        Network v6 = source("2001:db8:1:203:3:4:5:6");
        Network v4 = source("192.0.2.7");

        assertThat(texts(v6.around()))
                .containsExactly("2001:db8:1:0:0:0:0:0/48", "2001:db8:1:200:0:0:0:0/56", "2001:db8:1:203:0:0:0:0/64");
        assertThat(texts(v6.aroundFromProvider())).hasSize(4).startsWith("2001:db8:0:0:0:0:0:0/32");
        assertThat(v6.network()).hasToString("2001:db8:1:200:0:0:0:0/56");
        assertThat(v4.network()).hasToString("192.0.2.0/24");
        assertThat(texts(v4.around())).containsExactly("192.0.2.0/24", "192.0.2.7/32");
        assertThat(v4.aroundFromProvider()).isEqualTo(v4.around());
    }

    @Test
    void behindNat64And6to4EveryIpv4AddressIsASource() throws UnknownHostException {
        assertThat(source("64:ff9b::c000:207")).isEqualTo(source("192.0.2.7"));
        assertThat(texts(source("2002:c000:207:1::1").around())).containsExactly("192.0.2.0/24", "192.0.2.7/32");
    }

    @Test
    void whatHasTheSameFirstBitsIsTheSameOnlyIfItIsOfOneKindAndAsLong() throws UnknownHostException {
        Network v4 = source("32.1.13.184");
        Network v6 = source("2001:db8::1");

        assertThat(v6.aroundFromProvider().get(0)).isNotEqualTo(v4).isNotEqualTo(v6);
        assertThat(source("2001:db8::2")).isEqualTo(v6).hasSameHashCodeAs(v6).isEqualByComparingTo(v6);
        assertThat(source("255.0.0.1")).isGreaterThan(source("127.0.0.1"));
    }

    private static List<String> texts(List<Network> places) {
        return places.stream().map(Network::toString).collect(Collectors.toList());
    }

    private static Network source(String text) throws UnknownHostException {
        return Network.source(InetAddress.getByName(text));
    }
}

package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopTrustTest {
    private static final String NAME = "sip:core.example;transport=udp";

    private final Properties file = new Properties();

    @Test
    void serversThatAreFoundBySrvHaveToBeListed() {
        assertThat(warning(NAME))
                .startsWith("pinhole.next-hop=" + NAME + ": names no port")
                .contains("list the servers in pinhole.trusted-sources, or name the port");

        file.setProperty("pinhole.trusted-sources", "192.0.2.7");
        assertThat(warning(NAME)).isNull();
    }

    @Test
    void asPcscfTheCoreHasAListOfItsOwn() {
        file.setProperty("pinhole.role", "p-cscf");

        assertThat(warning(NAME)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sip:core.example:5060;transport=tcp",
                "sip:192.0.2.7;transport=udp",
                "sip:192.0.2.7:5060;transport=udp",
                "sip:[2001:db8::7];transport=tls"
            })
    void whatIsAnAddressOrNamesAPortIsWhereTheContainerGoes(String nextHop) {
        assertThat(warning(nextHop)).isNull();
    }

    private @Nullable String warning(String nextHop) {
        file.setProperty("pinhole.next-hop", nextHop);
        return NextHopTrust.warning(Settings.of("app", Collections.emptyMap(), file, new Properties()));
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.proxyprotocol.ProxySources;

class ConnectorSettingsTest {
    /** What a firewall sees is the port that phones connect to, not the one behind a NAT or a front. */
    @Test
    void theEdgesOwnKeepAliveIsOnWherePhonesConnectToPort443() {
        ConnectorAddress bound = ConnectorAddress.parse("tcp://127.0.0.1:8443");

        assertThat(settings(ConnectorAddress.parse("tcp://127.0.0.1:443"))
                        .ownPings()
                        .areOn())
                .isTrue();
        assertThat(settings(bound.as(PublicName.parse("sip.example.com:443")))
                        .ownPings()
                        .areOn())
                .isTrue();
        assertThat(settings(bound).ownPings().areOn()).isFalse();
    }

    private static ConnectorSettings settings(ConnectorAddress address) {
        return new ConnectorSettings(
                address,
                null,
                KeepAlive.parse("45"),
                EdgeSettings.of(Collections.emptyMap()),
                TestConnector.ROOMY,
                ProxySources.parse(""),
                Collections.emptyMap());
    }
}

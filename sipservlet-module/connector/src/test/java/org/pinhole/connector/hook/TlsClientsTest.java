package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.pinhole.bridge.DeploymentRefused;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.transport.ConnectorAddress;

/** Whose certificates each connector asks for, as an operator writes it. */
class TlsClientsTest {
    private static final ClientTrust STAFF = ClientTrust.asked(true, new File("/base/staff.pem"));
    private static final ClientTrust GUESTS = ClientTrust.asked(false, new File("/base/guests.pem"));

    private final Properties file = new Properties();

    @Test
    void nobodyIsAskedUnlessSaid() {
        assertThat(trusts("tls", "tcp")).containsExactly(ClientTrust.NONE, ClientTrust.NONE);
    }

    @Test
    void oneWordIsForAllConnectorsThatHaveTls() {
        set("required", "staff.pem");

        assertThat(trusts("tls", "tcp", "tls+proxy")).containsExactly(STAFF, ClientTrust.NONE, STAFF);
    }

    @Test
    void eachConnectorMayHaveItsOwnWordAndEachThatAsksItsOwnAuthorities() {
        set("none, required,none,optional", "staff.pem, /base/guests.pem");

        assertThat(trusts("tls", "tls", "tcp", "tls"))
                .containsExactly(ClientTrust.NONE, STAFF, ClientTrust.NONE, GUESTS);
    }

    @Test
    void whatDoesNotFitTheConnectorsIsRefusedWithTheParameterAndWhatIsExpected() {
        set("none,required", "staff.pem");
        assertThatThrownBy(() -> trusts("tls", "tls", "tls"))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessage(
                        "app: pinhole.tls.client-auth=none,required: one for all connectors, or one for each of the 3"
                                + " in pinhole.connector, in their order, expected");
        assertThatThrownBy(() -> trusts("tls", "tcp"))
                .hasMessageContaining("tcp://127.0.0.1:5062 has no TLS; none expected in its place");
        set("required", "staff.pem,guests.pem");
        assertThatThrownBy(() -> trusts("tls"))
                .hasMessageContaining("pinhole.tls.client-ca-file=staff.pem,guests.pem: one file for all");
        set("optional", "");
        assertThatThrownBy(() -> trusts("tls")).hasMessageContaining("pinhole.tls.client-ca-file is not set");
        set("none,perhaps", "");
        assertThatThrownBy(() -> trusts("tls", "tls")).hasMessageContaining("none or optional or required expected");
    }

    private void set(String clientAuth, String authorities) {
        file.setProperty("pinhole.tls.client-auth", clientAuth);
        file.setProperty("pinhole.tls.client-ca-file", authorities);
    }

    private List<ClientTrust> trusts(String... schemes) {
        List<ConnectorAddress> connectors = new ArrayList<>();
        for (String scheme : schemes) {
            connectors.add(ConnectorAddress.parse(scheme + "://127.0.0.1:" + (5061 + connectors.size())));
        }
        Settings settings = Settings.of("app", Collections.emptyMap(), file, new Properties());
        return TlsClients.of("app", settings, new ContainerFiles(new File("/base")), connectors);
    }
}

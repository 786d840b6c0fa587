package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.bridge.DeploymentRefused;

class PcscfPlanTest {
    private final Properties file = new Properties();

    @Test
    void withACoreAndTheNameOfItsNetworkPhonesKeepTheirContacts() {
        asPcscf();

        Settings settings = PcscfPlan.completed(settings());
        PcscfPlan.require("app", settings);

        assertThat(settings.get(Parameter.CONTACT)).isEqualTo("path");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pinhole.next-hop| |pinhole.next-hop=: the core's address expected",
                "pinhole.p-cscf.visited-network| |pinhole.p-cscf.visited-network=: our network's domain expected",
                "pinhole.contact|keep|pinhole.contact=keep: path expected",
                "pinhole.contact|rewrite|pinhole.contact=rewrite: path expected",
                "pinhole.container-digest|on|pinhole.container-digest=on: has no users here",
                "pinhole.turn.uris|turn:192.0.2.1:80?transport=tcp|edge or registrar only",
                "pinhole.role|edge|pinhole.p-cscf.visited-network=visited.example: is for pinhole.role=p-cscf",
                "pinhole.p-cscf.visited-network|a b|a domain such as visited.example expected",
                "pinhole.p-cscf.emergency-numbers|tel:112|numbers as they are dialled expected, separated by commas, or none",
                "pinhole.p-cscf.emergency|maybe|refuse, or sip:HOST:PORT;transport=udp or tcp or tls expected",
                "pinhole.p-cscf.core-sources|core.example|addresses separated by commas expected",
                "pinhole.p-cscf.registration-seconds|7|8 to 600 expected"
            })
    void whatDoesNotGoTogetherIsRefusedInOneLine(String name, String value, String words) {
        asPcscf();
        file.setProperty(name, value == null ? "" : value);

        assertThatThrownBy(() -> PcscfPlan.require("app", PcscfPlan.completed(settings())))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining(words);
    }

    private void asPcscf() {
        file.setProperty("pinhole.role", "p-cscf");
        file.setProperty("pinhole.next-hop", "sip:192.0.2.20:5060;transport=udp");
        file.setProperty("pinhole.p-cscf.visited-network", "visited.example");
    }

    private Settings settings() {
        return Settings.of("app", Collections.emptyMap(), file, new Properties());
    }
}

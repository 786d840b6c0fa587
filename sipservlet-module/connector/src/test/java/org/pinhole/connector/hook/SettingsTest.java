package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.pinhole.bridge.DeploymentRefused;

class SettingsTest {
    private final Properties file = new Properties();
    private final Properties system = new Properties();
    private Map<String, String> descriptor = Collections.emptyMap();

    @Test
    void theStrongerSourceWins() {
        descriptor = Collections.singletonMap("pinhole.keep-alive.seconds", "10");
        assertThat(seconds()).isEqualTo("10");
        file.setProperty("pinhole.keep-alive.seconds", "20");
        assertThat(seconds()).isEqualTo("20");
        file.setProperty("org.example.App.pinhole.keep-alive.seconds", "30");
        assertThat(seconds()).isEqualTo("30");
        system.setProperty("pinhole.keep-alive.seconds", "40");
        assertThat(seconds()).isEqualTo("40");
    }

    @Test
    void anEmptyValueIsTheDefault() {
        file.setProperty("pinhole.keep-alive.seconds", " ");

        assertThat(seconds()).isEqualTo("45");
    }

    @Test
    void anApplicationIsEnabledByItsDescriptorOrByALineOfItsOwnAndNotByOthers() {
        file.setProperty("pinhole.connector", "tls://127.0.0.1:443");
        assertThat(Settings.enabled("org.example.App", descriptor, file)).isFalse();
        file.setProperty("org.example.App.pinhole.connector", "tls://127.0.0.1:443");
        assertThat(Settings.enabled("org.example.App", descriptor, file)).isTrue();
        assertThat(Settings.enabled("org.example.Other", descriptor, file)).isFalse();
        descriptor = Collections.singletonMap("pinhole.role", "edge");
        assertThat(Settings.enabled("org.example.Other", descriptor, file)).isTrue();
    }

    @Test
    void aWrongValueIsRefusedWithParameterValueSourceAndWhatIsAllowed() {
        descriptor = Collections.singletonMap("pinhole.keep-alive.seconds", "7");

        assertThatThrownBy(this::seconds)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessage("org.example.App: pinhole.keep-alive.seconds=7 (deployment descriptor):"
                        + " 10 to 1800, 0 or off expected");
    }

    @Test
    void limitsAndPublicNamesAreCheckedToo() {
        descriptor = Collections.singletonMap("pinhole.limits.write-queue-seconds", "0");
        assertThatThrownBy(this::seconds)
                .hasMessageEndingWith("write-queue-seconds=0 (deployment descriptor): 1 to 300 expected");
        descriptor = Collections.singletonMap("pinhole.public-name", "sip.example.com,[::");
        assertThatThrownBy(this::seconds).hasMessageContaining("HOST or HOST:PORT expected");
    }

    @Test
    void aMisspeltParameterIsRefusedWhereverItStands() {
        descriptor = Collections.singletonMap("pinhole.conector", "none");
        assertThatThrownBy(this::seconds)
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageContaining("pinhole.conector")
                .hasMessageContaining("pinhole.connector,");
        descriptor = Collections.emptyMap();
        file.setProperty("org.example.App.pinhole.rol", "edge");
        assertThatThrownBy(this::seconds).isInstanceOf(DeploymentRefused.class);
    }

    @Test
    void aMisspeltLineIsRefusedForTheApplicationThatIsItselfCalledPinhole() {
        file.setProperty("pinhole.conector", "none");
        assertThatThrownBy(() -> Settings.of("pinhole", descriptor, file, system))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessageStartingWith("pinhole: pinhole.conector (conf/pinhole.properties): no such parameter");
        file.clear();
        file.setProperty("pinhole.pinhole.keep-alive.seconds", "20");
        assertThat(Settings.of("pinhole", descriptor, file, system).get(Parameter.KEEP_ALIVE_SECONDS))
                .isEqualTo("20");
    }

    @Test
    void namesAlgorithmsAndAddressesThatCannotBeAreRefused() {
        for (String[] wrong : new String[][] {
            {"pinhole.tls.self-signed-names", "999.1.1.1"},
            {"pinhole.tls.self-signed-names", "a b"},
            {"pinhole.tls.self-signed-names", "1:2"},
            {"pinhole.digest.algorithms", "SHA-256,SHA-256"},
            {"pinhole.digest.algorithms", "SHA-1"},
            {"pinhole.digest.algorithms", "MD5-sess,MD5-SESS"},
            {"pinhole.digest.realm", "a.test,A.test"},
            {"pinhole.digest.realm", "a.test,"},
            {"pinhole.digest.qop", "auth-conf"},
            {"pinhole.digest.lockout.failures", "many"},
            {"pinhole.credentials", "jdbc:x"},
            {"pinhole.credentials", "file:a,jdbc:ldap://x"}
        }) {
            descriptor = Collections.singletonMap(wrong[0], wrong[1]);
            assertThatThrownBy(this::seconds).as(wrong[1]).isInstanceOf(DeploymentRefused.class);
        }
        descriptor = Collections.singletonMap("pinhole.tls.self-signed-names", "*.example.com,::1,192.0.2.1,edge");
        assertThat(seconds()).isEqualTo("45");
    }

    @Test
    void everyDefaultIsItselfAllowed() {
        for (Parameter parameter : Parameter.values()) {
            if (!parameter.defaultValue().isEmpty()) {
                parameter.check(parameter.defaultValue());
            }
        }
    }

    private String seconds() {
        return Settings.of("org.example.App", descriptor, file, system).get(Parameter.KEEP_ALIVE_SECONDS);
    }
}

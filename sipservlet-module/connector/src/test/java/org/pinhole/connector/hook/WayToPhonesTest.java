package org.pinhole.connector.hook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.bridge.DeploymentRefused;

class WayToPhonesTest {
    private final Properties file = new Properties();

    @ParameterizedTest
    @ValueSource(strings = {"path", "keep"})
    void aRegistrarWhosePhonesWouldBeLookedForAtTheirOwnContactsIsRefused(String contact) {
        file.setProperty("pinhole.role", "registrar");
        file.setProperty("pinhole.contact", contact);

        assertThatThrownBy(() -> ConnectorPlan.requireWayToPhones("app", settings()))
                .isInstanceOf(DeploymentRefused.class)
                .hasMessage("app: pinhole.contact=" + contact
                        + ": is for pinhole.role=edge, whose registrar is another; rewrite expected");
    }

    @Test
    void anEdgesRegistrarMaySeeToItInAnyWay() {
        file.setProperty("pinhole.role", "edge");
        file.setProperty("pinhole.contact", "keep");

        assertThatCode(() -> ConnectorPlan.requireWayToPhones("app", settings()))
                .doesNotThrowAnyException();
    }

    private Settings settings() {
        return Settings.of("app", Collections.emptyMap(), file, new Properties());
    }
}

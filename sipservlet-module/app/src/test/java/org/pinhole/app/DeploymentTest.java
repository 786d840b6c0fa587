package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowRegistry;

class DeploymentTest {
    private final Map<String, Object> attributes = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>();
    private final Deployment deployment = new Deployment();

    DeploymentTest() {
        attributes.put(FlowRegistry.ATTRIBUTE, new FakeFlows());
        attributes.put(FlowRegistry.SETTINGS_ATTRIBUTE, settings);
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put("pinhole.credentials", "file:/nowhere/users");
    }

    @Test
    void theServletsFindTheWiring() {
        deployment.contextInitialized(event());
        deployment.contextDestroyed(event());

        assertThat(attributes.get(EdgeWiring.ATTRIBUTE)).isInstanceOf(EdgeWiring.class);
    }

    @Test
    void settingsThatCannotServeLetTheDeploymentFailWithALine() {
        settings.put("pinhole.digest.algorithms", "MD5,MD5");

        assertThatThrownBy(() -> deployment.contextInitialized(event()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("pinhole: pinhole.digest.algorithms=MD5,MD5: ")
                .message()
                .hasLineCount(1);
        assertThat(attributes).doesNotContainKey(EdgeWiring.ATTRIBUTE);
    }

    @Test
    void aSecretThatCannotBeReadLetsTheDeploymentFailWithALine() {
        settings.put("pinhole.turn.uris", "turn:192.0.2.1");
        settings.put("pinhole.turn.secret-file", "/nowhere/secret");

        assertThatThrownBy(() -> deployment.contextInitialized(event()))
                .hasMessageStartingWith("pinhole: pinhole.turn.secret-file=/nowhere/secret: ");
    }

    @Test
    void withoutSettingsTheAgentRefusesAndWeDoNot() {
        attributes.remove(FlowRegistry.SETTINGS_ATTRIBUTE);

        deployment.contextInitialized(event());

        assertThat(attributes).containsKey(EdgeWiring.ATTRIBUTE);
    }

    @Test
    void withoutTheAgentNothingStarts() {
        attributes.clear();

        deployment.contextInitialized(event());
        deployment.contextDestroyed(event());

        assertThat(attributes).isEmpty();
    }

    private ServletContextEvent event() {
        return new ServletContextEvent((ServletContext) Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (self, called, arguments) -> {
                    String name = String.valueOf(arguments[0]);
                    return called.getName().equals("setAttribute")
                            ? attributes.put(name, arguments[1])
                            : attributes.get(name);
                }));
    }
}

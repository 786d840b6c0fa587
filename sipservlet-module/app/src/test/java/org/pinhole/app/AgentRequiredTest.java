package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AgentRequiredTest {
    @Test
    void deploymentGoesOnWhenTheRegistryIsThere() {
        assertThatCode(() -> new AgentRequired().contextInitialized(event(new FakeFlows())))
                .doesNotThrowAnyException();
    }

    @Test
    void anAgentThatLeftTheContainerAloneIsToldFromNoAgent() {
        assertThatThrownBy(() -> new AgentRequired().contextInitialized(event(null)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("agent is loaded")
                .hasMessageContaining("container's log")
                .message()
                .hasLineCount(1);
    }

    @Test
    void withoutTheAgentOneLineSaysWhatToAddAndNothingElseIsLinked() throws Exception {
        URL classes = AgentRequired.class.getProtectionDomain().getCodeSource().getLocation();
        ClassLoader servletApiOnly = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (name.startsWith("javax.servlet.")) {
                    return AgentRequired.class.getClassLoader().loadClass(name);
                }
                throw new ClassNotFoundException(name);
            }
        };
        try (URLClassLoader webapp = new URLClassLoader(new URL[] {classes}, servletApiOnly)) {
            ServletContextListener listener = (ServletContextListener) webapp.loadClass(AgentRequired.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();

            assertThatThrownBy(() -> listener.contextInitialized(event(null)))
                    .isInstanceOf(IllegalStateException.class)
                    .isNotInstanceOf(InvocationTargetException.class)
                    .hasMessageContaining("-javaagent:")
                    .hasMessageContaining("pinhole-agent.jar")
                    .hasMessageContaining("bin/pinhole install CATALINA_HOME")
                    .message()
                    .hasLineCount(1);
        }
    }

    private static ServletContextEvent event(@Nullable Object registry) {
        ServletContext context = (ServletContext) Proxy.newProxyInstance(
                AgentRequiredTest.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> "org.pinhole.api.FlowRegistry".equals(arguments[0]) ? registry : null);
        return new ServletContextEvent(context);
    }
}

package org.pinhole.app;

import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;

/**
 * Lets the deployment fail, with one line that says what to add, when the agent is not there. It links no class of the
 * agent's, so that it can still say so.
 */
public final class AgentRequired implements ServletContextListener {
    static final String REGISTRY = "org.pinhole.api.FlowRegistry";

    @Override
    public void contextInitialized(ServletContextEvent event) {
        if (event.getServletContext().getAttribute(REGISTRY) == null) {
            throw new IllegalStateException(agentIsPresent() ? unsupportedContainer() : absentAgent());
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        // nothing was started
    }

    private static boolean agentIsPresent() {
        try {
            Class.forName(REGISTRY, false, AgentRequired.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    static String absentAgent() {
        return "pinhole.war needs the Pinhole agent: add -javaagent:/path/to/pinhole-agent.jar to the JVM's options,"
                + " or run 'bin/pinhole install CATALINA_HOME', and start the container again";
    }

    static String unsupportedContainer() {
        return "pinhole.war is deployed and the Pinhole agent is loaded, but the agent left this container as it is:"
                + " the line of [pinhole] in the container's log says what it did not find";
    }
}

package org.pinhole.app;

import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's beginning and end. Settings that cannot serve let the deployment fail, with one line: a servlet's init
 * would be too late, since this container goes on without the servlet.
 */
public final class Deployment implements ServletContextListener {
    private static final Logger LOG = LoggerFactory.getLogger(Deployment.class);

    private @Nullable EdgeWiring wiring;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        if (context.getAttribute(AgentRequired.REGISTRY) == null) {
            return; // AgentRequired has refused; this container asks the other listeners all the same
        }
        try {
            wiring = EdgeWiring.of(context, System::currentTimeMillis);
            context.setAttribute(EdgeWiring.ATTRIBUTE, wiring);
        } catch (IllegalArgumentException wrong) {
            LOG.error("pinhole: {}", wrong.getMessage());
            throw new IllegalStateException("pinhole: " + wrong.getMessage(), wrong);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (wiring != null) {
            wiring.close();
        }
    }
}

package org.example.push;

import javax.servlet.ServletContext;
import javax.servlet.ServletContextEvent;
import javax.servlet.ServletContextListener;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.FlowRegistry;

/** Is told of flows from this application's beginning to its end, and writes down which users' flows have died. */
public final class FlowWatch implements ServletContextListener, FlowListener {
    static final String JOURNAL = "org.example.push.journal";

    private final Journal journal = new Journal();

    @Override
    public void contextInitialized(ServletContextEvent event) {
        ServletContext context = event.getServletContext();
        context.setAttribute(JOURNAL, journal);
        registry(context).addListener(this);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        registry(event.getServletContext()).removeListener(this); // or our classes would stay in memory
    }

    static FlowRegistry registry(ServletContext context) {
        FlowRegistry registry = (FlowRegistry) context.getAttribute(FlowRegistry.ATTRIBUTE);
        if (registry == null) {
            throw new IllegalStateException("this application needs the Pinhole agent");
        }
        return registry;
    }

    @Override
    public void flowOpened(Flow flow) {
        journal.add("flow " + flow.id() + " opened");
    }

    @Override
    public void flowClosed(Flow flow, String reason) {
        journal.add("flow " + flow.id() + " of " + flow.identity() + " failed: " + reason);
    }
}

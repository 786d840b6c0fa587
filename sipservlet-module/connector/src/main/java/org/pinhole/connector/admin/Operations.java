package org.pinhole.connector.admin;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.File;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.management.NotCompliantMBeanException;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.transport.ConnectorAddress;
import org.pinhole.connector.transport.EventLoops;
import org.pinhole.connector.transport.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything an operator has of the open connectors, from the first to the last: JMX, a line in the log, bin/pinhole. */
public final class Operations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Operations.class);
    private static final String TOTALS = "org.pinhole:type=Totals";
    private static final String DRAIN = "org.pinhole:type=Drain";

    private final EventLoops loops;
    private final Map<Listener, Watched> open = new ConcurrentHashMap<>();
    private final ContainerDrain drain;
    private final @Nullable ControlPort control;

    /** @param folder where bin/pinhole looks for the way to us; a folder of ours in the container */
    public Operations(EventLoops loops, File folder) {
        this.loops = loops;
        this.drain = new ContainerDrain(open.keySet(), GlobalEventExecutor.INSTANCE, System::nanoTime);
        this.control = control(folder);
        Beans.register(DRAIN, standardBean());
        Beans.register(TOTALS, new NumbersBean("All connectors of Pinhole together", this::totals));
    }

    private StandardMBean standardBean() {
        try {
            return new StandardMBean(drain, DrainMBean.class);
        } catch (NotCompliantMBeanException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private @Nullable ControlPort control(File folder) {
        try {
            return ControlPort.open(loops, folder, this::answer);
        } catch (IOException unwritable) {
            LOG.warn("bin/pinhole drain and status will not work: {}: {}", folder, unwritable.toString());
            return null;
        }
    }

    /** A connector has opened. */
    public void opened(String application, Listener listener) {
        Watched watched = new Watched(application, listener);
        open.put(listener, watched);
        watched.begin();
        drain.joins(listener);
    }

    /** A connector has closed. */
    public void closed(Listener listener) {
        Watched watched = open.remove(listener);
        if (watched != null) {
            watched.end();
        }
    }

    @Override
    public void close() {
        Beans.unregister(TOTALS);
        Beans.unregister(DRAIN);
        drain.close();
        if (control != null) {
            control.close();
        }
    }

    private ConnectorNumbers totals() {
        return ConnectorNumbers.sum(
                open.keySet().stream().map(Operations::numbersOf).collect(Collectors.toList()));
    }

    private static ConnectorNumbers numbersOf(Listener listener) {
        return ConnectorNumbers.of(listener.counters());
    }

    private String answer(String command) {
        String[] words = command.split(" ", -1);
        switch (words[0]) {
            case "status":
                return status();
            case "drain":
                drain.start(seconds(words));
                return drainStatus();
            case "drain-status":
                return drainStatus();
            case "drain-cancel":
                drain.cancel();
                return drainStatus();
            default:
                throw new IllegalArgumentException(
                        "this container's Pinhole does not know '" + words[0] + "'; is it as new as bin/pinhole?");
        }
    }

    private static int seconds(String[] words) {
        boolean number = words.length == 2 && words[1].matches("[0-9]{1,9}");
        return number ? Integer.parseInt(words[1]) : 0; // which the drain refuses, saying what it expects
    }

    private String drainStatus() {
        return drain.getState() + ' ' + drain.getFlowsLeft() + ' ' + drain.getSecondsLeft();
    }

    private String status() {
        StringBuilder text = new StringBuilder("drain: ").append(drain.getState());
        open.forEach((listener, watched) -> {
            text.append('\n')
                    .append(listener.settings().address())
                    .append(" of ")
                    .append(watched.application);
            numbersOf(listener)
                    .byName()
                    .forEach((name, number) ->
                            text.append("\n  ").append(name).append(' ').append(number));
        });
        return text.toString();
    }

    /** One open connector: its bean, and its line in the log, which is written when something has changed. */
    private final class Watched {
        private final String application;
        private final Listener listener;
        private ConnectorNumbers logged;
        private @Nullable Future<?> summaries;

        Watched(String application, Listener listener) {
            this.application = application;
            this.listener = listener;
            this.logged = numbersOf(listener);
        }

        void begin() {
            ConnectorAddress address = listener.settings().address();
            Beans.register(
                    Beans.connector(address),
                    new NumbersBean(
                            "Pinhole connector " + address + " of application " + application,
                            () -> numbersOf(listener)));
            int seconds = listener.settings().summarySeconds();
            if (seconds > 0) {
                summaries = loops.every(seconds * 1000L, this::summarise);
            }
        }

        void end() {
            if (summaries != null) {
                summaries.cancel(false);
            }
            Beans.unregister(Beans.connector(listener.settings().address()));
            summarise();
        }

        private synchronized void summarise() {
            ConnectorNumbers now = numbersOf(listener);
            if (!now.equals(logged)) {
                logged = now;
                LOG.info("connector {}: {}", listener.settings().address(), now);
            }
        }
    }
}

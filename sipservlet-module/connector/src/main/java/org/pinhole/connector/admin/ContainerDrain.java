package org.pinhole.connector.admin;

import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.util.Collection;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.transport.Drain;
import org.pinhole.connector.transport.Listener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of all connectors of the container. Guarded by itself. Its progress is not made on an event loop: that would wait
 * for whoever starts or cancels, who waits for the event loop.
 */
final class ContainerDrain implements DrainMBean {
    static final int LONGEST_SECONDS = 3600;
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDrain.class);
    private static final int TICK_MILLIS = 200;
    private static final int TICKS_PER_LINE = 50;

    private final Collection<Listener> listeners;
    private @Nullable Drain drain;
    private @Nullable Future<?> ticking;
    private int flowsAtStart;
    private int ticks;

    /** @param listeners those that are open, now and later */
    ContainerDrain(Collection<Listener> listeners) {
        this.listeners = listeners;
    }

    @Override
    public synchronized void start(int windowSeconds) {
        if (windowSeconds < 1 || windowSeconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException("1 to " + LONGEST_SECONDS + " seconds expected, not " + windowSeconds);
        }
        if (drain != null) {
            throw new IllegalStateException("it is " + getState() + " already; cancel that first");
        }
        Drain begun = new Drain(
                windowSeconds,
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextDouble());
        listeners.forEach(listener -> listener.drain(begun));
        drain = begun;
        flowsAtStart = getFlowsLeft();
        ticks = 0;
        LOG.info("drain: nothing new is accepted; {} flows will be closed over {} s", flowsAtStart, windowSeconds);
        ticking = GlobalEventExecutor.INSTANCE.scheduleAtFixedRate(
                this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void tick() {
        Drain going = drain;
        if (going == null || ticking == null) {
            return;
        }
        int surplus = getFlowsLeft() - going.remaining(flowsAtStart);
        for (Listener listener : listeners) {
            surplus -= listener.closeFlows(surplus);
        }
        int left = getFlowsLeft();
        if (left == 0) {
            LOG.info("drain: no flows left; the container can be stopped");
            endTicking();
        } else if (++ticks % TICKS_PER_LINE == 0) {
            LOG.info("drain: {} flows left", left);
        }
    }

    private void endTicking() {
        if (ticking != null) {
            ticking.cancel(false);
            ticking = null;
        }
    }

    @Override
    public synchronized void cancel() {
        if (drain == null) {
            throw new IllegalStateException("nothing is being drained");
        }
        endTicking();
        drain = null;
        StringBuilder faults = new StringBuilder();
        for (Listener listener : listeners) {
            try {
                listener.resume();
            } catch (IOException taken) {
                faults.append(listener.settings().address())
                        .append(" cannot be opened again: ")
                        .append(taken.getMessage())
                        .append("; redeploy its application. ");
            }
        }
        LOG.info("drain: cancelled, {} flows are left. {}", getFlowsLeft(), faults);
        if (faults.length() > 0) {
            throw new IllegalStateException(faults.toString().trim());
        }
    }

    @Override
    public synchronized String getState() {
        return drain == null ? "off" : ticking == null ? "drained" : "draining";
    }

    @Override
    public int getFlowsLeft() {
        return listeners.stream().mapToInt(Listener::openFlows).sum();
    }

    @Override
    public synchronized int getSecondsLeft() {
        return drain == null || ticking == null ? 0 : drain.secondsLeft();
    }

    /** A connector that is opened meanwhile is part of it. */
    synchronized void joins(Listener listener) {
        if (drain != null) {
            listener.drain(drain);
        }
    }
}

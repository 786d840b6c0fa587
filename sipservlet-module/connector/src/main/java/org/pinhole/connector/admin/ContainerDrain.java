package org.pinhole.connector.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.transport.Drain;
import org.pinhole.connector.transport.Drainable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of all connectors of the container. Guarded by itself. Its progress is not made on an event loop: that would wait
 * for whoever starts or cancels, who waits for the event loop.
 */
final class ContainerDrain implements DrainMBean, AutoCloseable {
    static final int LONGEST_SECONDS = 3600;
    static final int TICK_MILLIS = 200;
    static final int RETRY_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(ContainerDrain.class);
    private static final int TICKS_PER_LINE = 50;

    private final Collection<? extends Drainable> connectors;
    private final ScheduledExecutorService timer;
    private final LongSupplier nanoTime;
    /** Those that are to be open again, and whose port somebody else has. */
    private final Set<Drainable> shutOut = new LinkedHashSet<>();

    private @Nullable Drain drain;
    private @Nullable Future<?> ticking;
    private @Nullable Future<?> reopening;
    private int flowsAtStart;
    private int ticks;

    /**
     * Of whatever is open.
     *
     * @param connectors those that are open, now and later
     * @param timer no event loop
     * @param nanoTime a clock that only goes forward
     */
    ContainerDrain(Collection<? extends Drainable> connectors, ScheduledExecutorService timer, LongSupplier nanoTime) {
        this.connectors = connectors;
        this.timer = timer;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void start(int windowSeconds) {
        if (windowSeconds < 1 || windowSeconds > LONGEST_SECONDS) {
            throw new IllegalArgumentException("1 to " + LONGEST_SECONDS + " seconds expected");
        }
        if (drain != null) {
            throw new IllegalStateException("it is " + getState() + " already; cancel that first");
        }
        close(); // nor is anything opened again
        shutOut.clear();
        Drain begun = new Drain(
                windowSeconds, nanoTime, () -> ThreadLocalRandom.current().nextDouble());
        connectors.forEach(connector -> connector.drain(begun));
        drain = begun;
        flowsAtStart = getFlowsLeft();
        ticks = 0;
        LOG.info("drain: nothing new is accepted; {} flows will be closed over {} s", flowsAtStart, windowSeconds);
        ticking = timer.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private synchronized void tick() {
        Drain going = drain;
        if (going == null || ticking == null) {
            return;
        }
        int surplus = getFlowsLeft() - going.remaining(flowsAtStart);
        for (Drainable connector : connectors) {
            surplus -= connector.closeFlows(surplus);
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

    /** Opens all connectors again; once more, those that could not be opened. */
    @Override
    public synchronized void cancel() {
        if (drain == null && shutOut.isEmpty()) {
            throw new IllegalStateException("nothing is being drained");
        }
        if (drain != null) {
            endTicking();
            drain = null;
            shutOut.addAll(connectors);
        }
        List<String> faults = reopen();
        LOG.info("drain: cancelled, {} flows are left", getFlowsLeft());
        if (!faults.isEmpty()) {
            String words = String.join("; ", faults) + "; it is tried again every " + RETRY_SECONDS + " s";
            LOG.warn("drain: {}", words);
            if (reopening == null) {
                reopening = timer.scheduleAtFixedRate(this::tryAgain, RETRY_SECONDS, RETRY_SECONDS, TimeUnit.SECONDS);
            }
            throw new IllegalStateException(words);
        }
    }

    private synchronized void tryAgain() {
        if (reopening != null) {
            reopen();
        }
    }

    /** Returns why, for each that stays shut out. */
    private List<String> reopen() {
        shutOut.retainAll(connectors); // the others have been undeployed
        List<String> faults = new ArrayList<>();
        for (Drainable connector : new ArrayList<>(shutOut)) {
            try {
                connector.resume();
                shutOut.remove(connector);
                LOG.info("drain: {} is open again", connector.address());
            } catch (IOException taken) {
                faults.add(connector.address() + " cannot be opened again: " + taken.getMessage());
            } catch (RuntimeException fault) { // of a timer, whose next ticks an exception would end in silence
                faults.add(connector.address() + " cannot be opened again: " + fault);
            }
        }
        if (shutOut.isEmpty()) {
            endReopening();
        }
        return faults;
    }

    private void endReopening() {
        if (reopening != null) {
            reopening.cancel(false);
            reopening = null;
        }
    }

    @Override
    public synchronized String getState() {
        if (drain == null) {
            return shutOut.isEmpty() ? "off" : "reopening";
        }
        return ticking == null ? "drained" : "draining";
    }

    @Override
    public int getFlowsLeft() {
        return connectors.stream().mapToInt(Drainable::openFlows).sum();
    }

    @Override
    public synchronized int getSecondsLeft() {
        return drain == null || ticking == null ? 0 : drain.secondsLeft();
    }

    /** A connector that is opened meanwhile is part of it. */
    synchronized void joins(Drainable connector) {
        if (drain != null) {
            connector.drain(drain);
        }
    }

    /** Nothing more happens by itself. */
    @Override
    public synchronized void close() {
        endTicking();
        endReopening();
    }
}

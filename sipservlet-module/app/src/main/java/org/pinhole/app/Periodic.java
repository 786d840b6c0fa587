package org.pinhole.app;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be done again and again, on a daemon thread of its own that is there once somebody needs it. */
final class Periodic implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Periodic.class);

    private final String name;
    private final long periodMillis;
    private final Runnable work;
    private @Nullable ScheduledExecutorService thread;

    Periodic(String name, long periodMillis, Runnable work) {
        this.name = name;
        this.periodMillis = periodMillis;
        this.work = work;
    }

    /** From now on; a second time changes nothing. */
    @SuppressWarnings("FutureReturnValueIgnored") // the work throws nothing, and the thread's end is its end
    synchronized void start() {
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(work -> {
                Thread daemon = new Thread(work, name);
                daemon.setDaemon(true);
                return daemon;
            });
            thread.scheduleWithFixedDelay(this::once, periodMillis, periodMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void once() {
        try {
            work.run();
        } catch (RuntimeException fault) { // or it would never be done again
            LOG.error(name + " failed, and goes on", fault);
        }
    }

    @Override
    public synchronized void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}

package org.pinhole.connector.hook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of the open connectors every few seconds, in a thread of its own: reading them and opening keys would
 * hold up an event loop. The thread is there as long as something is looked after.
 */
final class FileUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(FileUpkeep.class);
    private static final long EVERY_SECONDS = 5;

    private final Map<String, Consumer<Instant>> refreshers = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService thread;

    @SuppressWarnings("FutureReturnValueIgnored") // the task catches what it throws
    synchronized void watch(String name, Consumer<Instant> refresh) {
        refreshers.put(name, refresh);
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(FileUpkeep::newThread);
            thread.scheduleWithFixedDelay(this::refreshAll, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Returns at once; what is being looked at is looked at to the end. */
    synchronized void forget(String name) {
        refreshers.remove(name);
        if (refreshers.isEmpty() && thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "pinhole-files");
        thread.setDaemon(true);
        thread.setContextClassLoader(FileUpkeep.class.getClassLoader());
        return thread;
    }

    private void refreshAll() {
        List<Consumer<Instant>> all;
        synchronized (this) {
            all = new ArrayList<>(refreshers.values());
        }
        for (Consumer<Instant> refresh : all) {
            try {
                refresh.accept(Instant.now());
            } catch (RuntimeException fault) { // must not end the schedule
                LOG.error("a connector's files could not be looked at", fault);
            }
        }
    }
}

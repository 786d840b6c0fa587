package org.pinhole.connector.hook;

import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.tls.ServerTls;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the files of the open TLS connectors every few seconds, in a thread of its own: reading them and opening keys
 * would hold up an event loop. The thread is there as long as a connector is.
 */
final class TlsUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(TlsUpkeep.class);
    private static final long EVERY_SECONDS = 5;

    private final Map<String, ServerTls> byApplication = new LinkedHashMap<>();
    private @Nullable ScheduledExecutorService thread;

    @SuppressWarnings("FutureReturnValueIgnored") // the task catches what it throws
    synchronized void watch(String application, ServerTls tls) {
        byApplication.put(application, tls);
        if (thread == null) {
            thread = Executors.newSingleThreadScheduledExecutor(TlsUpkeep::newThread);
            thread.scheduleWithFixedDelay(this::refreshAll, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Returns at once; what is being looked at is looked at to the end. */
    synchronized void forget(String application) {
        byApplication.remove(application);
        if (byApplication.isEmpty() && thread != null) {
            thread.shutdown();
            thread = null;
        }
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "pinhole-tls-files");
        thread.setDaemon(true);
        thread.setContextClassLoader(TlsUpkeep.class.getClassLoader());
        return thread;
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    private void refreshAll() {
        ServerTls[] all;
        synchronized (this) {
            all = byApplication.values().toArray(new ServerTls[0]);
        }
        for (ServerTls tls : all) {
            try {
                tls.refresh(new Date());
            } catch (RuntimeException fault) { // must not end the schedule
                LOG.error("the TLS files could not be looked at", fault);
            }
        }
    }
}

package org.pinhole.connector.transport;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the thread that processes a message puts off until that is done, because somebody waits for the answer and nobody for
 * this. Each of our threads has its own; what other threads do is put off by nobody.
 */
public final class Afterwards {
    private static final Logger LOG = LoggerFactory.getLogger(Afterwards.class);
    private static final ThreadLocal<@Nullable Afterwards> OF_THREAD = new ThreadLocal<>();

    private final Queue<Runnable> later = new ArrayDeque<>();
    private boolean processing;

    private Afterwards() {}

    /** Puts this off until the message is done that this thread processes; false when it processes none. */
    public static boolean putOff(Runnable work) {
        Afterwards here = OF_THREAD.get();
        return here != null && here.processing && here.later.add(work);
    }

    /** Processes a message, and then does what was put off meanwhile, in order, also when the message has failed. */
    static void process(Runnable message) {
        Afterwards here = OF_THREAD.get();
        if (here == null) {
            here = new Afterwards();
            OF_THREAD.set(here);
        }
        here.processing = true;
        try {
            message.run();
        } finally {
            here.processing = false;
            here.doLater();
        }
    }

    private void doLater() {
        for (Runnable next = later.poll(); next != null; next = later.poll()) {
            try {
                next.run();
            } catch (RuntimeException fault) { // the container's
                LOG.error("what the container does after a message has failed", fault);
            }
        }
    }
}

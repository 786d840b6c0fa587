package org.pinhole.connector.transport;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.atomic.AtomicInteger;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where messages are processed: those of one call one after the other, as they came; different calls beside each other, a
 * bounded number at a time. The stack has a way of its own, which binds each call to one of its threads by the Call-ID's hash:
 * so a phone can send all its load to one thread and make the others' calls wait there, and nearly every message wakes a
 * thread that sleeps. Safe for any thread.
 *
 * <pre>
 *  execute(Call-ID, work) → the call's line → lines that have work → one of so many at work
 * </pre>
 */
final class CallThreads {
    private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);

    /** As many at a time as the stack's own pool has in a container that is set up for load. */
    static final int MOST_AT_WORK = 64;

    /** One for all connectors: a message to ourselves must not overtake the one that it follows. */
    static final CallThreads OF_THIS_PROCESS = new CallThreads(randomKey(), MOST_AT_WORK, pool());

    /** So many that two calls which are under way hardly ever share one; which do, nobody outside can tell. */
    private static final int LINES = 4096;

    private static final int KEY_BYTES = 16;

    private final KeyParameter key;
    private final int mostAtWork;
    private final Executor threads;
    private final Line[] lines = new Line[LINES];
    private final Queue<Line> ready = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atWork = new AtomicInteger();

    /** @param threads have room for {@code mostAtWork} tasks at once */
    CallThreads(byte[] key, int mostAtWork, Executor threads) {
        this.key = new KeyParameter(key);
        this.mostAtWork = mostAtWork;
        this.threads = threads;
        Arrays.setAll(lines, each -> new Line());
    }

    private static byte[] randomKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return key;
    }

    /** Wakes the thread that fell asleep last, and none as long as one that is awake looks for work; idle ones end. */
    private static ForkJoinPool pool() {
        return new ForkJoinPool(MOST_AT_WORK, CallThreads::thread, null, true);
    }

    private static ForkJoinWorkerThread thread(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("pinhole-call-" + thread.getPoolIndex());
        thread.setContextClassLoader(CallThreads.class.getClassLoader());
        return thread;
    }

    /** Has this done behind what the same call has waiting. */
    void execute(String callId, Runnable work) {
        Line line = lines[line(callId)];
        if (line.add(work)) {
            ready.add(line);
            if (mayWork()) {
                threads.execute(this::work);
            }
        }
    }

    /** Which of the lines a call has. */
    int line(String callId) {
        SipHash keyed = new SipHash();
        keyed.init(key);
        byte[] octets = callId.getBytes(StandardCharsets.UTF_8);
        keyed.update(octets, 0, octets.length);
        return (int) keyed.doFinal() & LINES - 1;
    }

    private boolean mayWork() {
        int now = atWork.get();
        while (now < mostAtWork) {
            if (atWork.compareAndSet(now, now + 1)) {
                return true;
            }
            now = atWork.get();
        }
        return false;
    }

    /** Goes on until no line has work, one thing of each in turn. Who was not let in meanwhile has left his line to us. */
    private void work() {
        do {
            for (Line line = ready.poll(); line != null; line = ready.poll()) {
                if (line.doNext()) {
                    ready.add(line);
                }
            }
            atWork.decrementAndGet();
        } while (!ready.isEmpty() && mayWork());
    }

    /** What waits of one call, or of a few that share it. In {@link #ready} once while it has work that nobody does. */
    private static final class Line {
        private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger length = new AtomicInteger();

        /** True when it was empty, and has to be seen to from now on. */
        boolean add(Runnable work) {
            waiting.add(work);
            return length.getAndIncrement() == 0;
        }

        /** True when there is more. What fails has failed alone. */
        boolean doNext() {
            Runnable next = waiting.remove();
            try {
                next.run();
            } catch (RuntimeException | Error fault) {
                LOG.error("a message was not processed: {}", fault.toString());
                LOG.debug("a message was not processed", fault); // a trace for each would be the phone's to order
            }
            return length.decrementAndGet() > 0;
        }
    }
}

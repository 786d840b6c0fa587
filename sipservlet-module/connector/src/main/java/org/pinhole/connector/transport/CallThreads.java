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
import java.util.function.LongSupplier;
import org.bouncycastle.crypto.macs.SipHash;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.OncePerMinute;
import org.pinhole.connector.transport.CallLine.Work;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where messages are processed: those that come by our connectors, of one call one after the other, as they came; different calls
 * beside each other, a bounded number at a time. The stack has a way of its own, which binds each call to one of its threads by the
 * Call-ID's hash: so a phone can send all its load to one thread and make the others' calls wait there, and nearly every message
 * wakes a thread that sleeps. What a stranger sends is nobody's call yet, and is done one by one; a message that comes when he
 * is known may be done beside those that he sent before. Safe for any thread.
 *
 * <pre>
 *  known:    Call-ID → the call's line → the phone's turn → ready ─────────┐
 *                                                                          ├→ one of so many at work
 *  stranger: the connection's line ───────────────→ ready, for 3/4 of them ┘
 * </pre>
 */
final class CallThreads {
    private static final Logger LOG = LoggerFactory.getLogger(CallThreads.class);

    /** As many at a time as the stack's own pool has in a container that is set up for load. */
    static final int MOST_AT_WORK = 64;

    /** One for all connectors: a message to ourselves must not overtake the one that it follows. */
    static final CallThreads OF_THIS_PROCESS = new CallThreads(randomKey(), MOST_AT_WORK, pool(), System::nanoTime);

    /** So many that two calls which are under way hardly ever share one; which do, nobody outside can tell. */
    private static final int LINES = 4096;

    private static final int KEY_BYTES = 16;

    /** One of so many turns is theirs, when all have work. */
    private static final int STRANGERS_TURN = 4;

    private final KeyParameter key;
    private final int mostAtWork;
    private final Executor threads;
    private final int mostOfStrangers;
    private final Runnable worker = this::work;
    private final CallLine[] lines = new CallLine[LINES];
    private final Queue<CallLine> ready = new ConcurrentLinkedQueue<>();
    private final Queue<CallLine> readyOfStrangers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicInteger atWorkForStrangers = new AtomicInteger();
    private final Lookout lookout;
    private final OncePerMinute<String> faults;

    /**
     * Of whom nobody works yet.
     *
     * @param threads have room for {@code mostAtWork} tasks at once
     * @param nanoTime a clock that only goes forward
     */
    CallThreads(byte[] key, int mostAtWork, Executor threads, LongSupplier nanoTime) {
        this.faults = new OncePerMinute<>(nanoTime);
        this.lookout = new Lookout(nanoTime, Runtime.getRuntime().availableProcessors() > 1);
        this.key = new KeyParameter(key);
        this.mostAtWork = mostAtWork;
        this.mostOfStrangers = mostAtWork * 3 / 4;
        this.threads = threads;
        Arrays.setAll(lines, each -> new CallLine());
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

    /** Has this done behind what the same call has waiting. For the container itself, and at once whoever has how many calls. */
    void execute(String callId, Runnable work) {
        execute(null, callId, work);
    }

    /** The same when it is the phone's turn, whose calls these are. */
    void execute(@Nullable CallsAtOnce of, String callId, Runnable work) {
        CallLine line = lines[line(callId)];
        if (line.add(of, work)) {
            begin(line, of);
        }
    }

    /** Has this done behind what waits of the same stranger. */
    void executeForStranger(CallLine his, Runnable work) {
        if (his.add(null, work)) {
            readyOfStrangers.add(his);
            wakeOne();
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
        return oneMore(atWork, mostAtWork);
    }

    private static boolean oneMore(AtomicInteger count, int most) {
        int now = count.get();
        while (now < most) {
            if (count.compareAndSet(now, now + 1)) {
                return true;
            }
            now = count.get();
        }
        return false;
    }

    private void begin(CallLine line, @Nullable CallsAtOnce of) {
        if (of == null || of.begins(line)) {
            ready.add(line);
            wakeOne();
        }
    }

    private void wakeOne() {
        if (!lookout.takes() && mayWork()) {
            threads.execute(worker);
        }
    }

    /** Goes on until no line has work, one thing of each in turn. Who was not let in meanwhile has left his line to us. */
    private void work() {
        lookout.woken();
        do {
            do {
                workForAll();
            } while (lookout.sees());
            atWork.decrementAndGet();
        } while (hasWork() && mayWork());
    }

    private void workForAll() {
        int turn = 0;
        boolean more = true;
        while (more) {
            boolean strangersFirst = ++turn % STRANGERS_TURN == 0; // or whoever is not known yet never would be
            more = (strangersFirst && workForStranger()) || workForKnown() || (!strangersFirst && workForStranger());
        }
    }

    /** Whether there is work that might be done and nobody has begun with. */
    boolean hasWork() {
        return !ready.isEmpty() || (!readyOfStrangers.isEmpty() && atWorkForStrangers.get() < mostOfStrangers);
    }

    private boolean workForKnown() {
        CallLine line = ready.poll();
        Work work = line == null ? null : line.next();
        if (work == null) {
            return false;
        }
        run(work);
        CallsAtOnce of = work.of();
        Work behind = line.done();
        if (behind != null && behind.of() == of) {
            ready.add(of == null ? line : of.inTurn(line));
            return true;
        }
        CallLine other = of == null ? null : of.ended();
        if (other != null) {
            ready.add(other);
        }
        if (behind != null) { // the same call's, by another phone
            begin(line, behind.of());
        }
        return true;
    }

    private boolean workForStranger() {
        if (readyOfStrangers.isEmpty() || !mayWorkForStranger()) {
            return false;
        }
        CallLine line = readyOfStrangers.poll();
        Work work = line == null ? null : line.next();
        if (work != null) {
            run(work);
            if (line.done() != null) {
                readyOfStrangers.add(line);
            }
        }
        atWorkForStrangers.decrementAndGet();
        if (!readyOfStrangers.isEmpty() && !ready.isEmpty()) { // we go on with those who are known
            wakeOne();
        }
        return line != null;
    }

    private boolean mayWorkForStranger() {
        return oneMore(atWorkForStrangers, mostOfStrangers);
    }

    /** What fails has failed alone. */
    private void run(Work work) {
        try {
            Afterwards.process(work);
        } catch (RuntimeException | Error fault) {
            LOG.debug("a message was not processed", fault); // a trace for each would be the phone's to order
            long heldBack = faults.heldBackBefore(fault.getClass().getName()); // and so would a line
            if (heldBack != OncePerMinute.HELD_BACK) {
                LOG.error(
                        "a message was not processed: {} ({} more before that are not shown)",
                        Complaints.shortened(fault.toString()),
                        heldBack);
            }
        }
    }
}

package org.pinhole.connector.transport;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is done one by one, as it came: the messages of a call or of a few that share a line, or all of a stranger's connection.
 * Somebody sees to it as long as it has any: then it is ready, or at work, or waits for its phone's turn. Any thread adds; one at
 * a time takes.
 */
final class CallLine {
    private final Queue<Work> waiting = new ConcurrentLinkedQueue<>();
    /** With the one that is at work. */
    private final AtomicInteger length = new AtomicInteger();

    /** True when it was empty, and has to be seen to from now on. */
    boolean add(@Nullable CallsAtOnce of, Runnable work) {
        waiting.add(new Work(of, work));
        return length.getAndIncrement() == 0;
    }

    /** The next one, which stays a part of its length until {@link #done}; null when all were dropped meanwhile. */
    @Nullable
    Work next() {
        return waiting.poll();
    }

    /** That one is done. The one behind it; null when there is none, and nobody has to see to it any more. */
    @Nullable
    Work done() {
        return length.decrementAndGet() > 0 ? waiting.peek() : null;
    }

    /** Leaves undone what nobody has begun with. */
    void drop() {
        int dropped = 0;
        while (waiting.poll() != null) {
            dropped++;
        }
        length.addAndGet(-dropped);
    }

    /** One of them, and whose it is: null when it is the container's own. */
    static final class Work {
        private final @Nullable CallsAtOnce of;
        private final Runnable work;

        private Work(@Nullable CallsAtOnce of, Runnable work) {
            this.of = of;
            this.work = work;
        }

        @Nullable
        CallsAtOnce of() {
            return of;
        }

        void run() {
            work.run();
        }
    }
}

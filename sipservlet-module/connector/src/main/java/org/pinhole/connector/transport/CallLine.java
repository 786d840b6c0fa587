package org.pinhole.connector.transport;

import org.jspecify.annotations.Nullable;

/**
 * What is done one by one, as it came: the messages of a call or of a few that share a line, or all of a stranger's connection.
 * Somebody sees to it as long as it has any: then it is ready, or at work, or waits for its phone's turn. Any thread adds; one at
 * a time takes. Every connection has one, so it is small.
 */
final class CallLine {
    private @Nullable Work first;
    private @Nullable Work last;
    /** With the one that is at work. */
    private int length;

    /** True when it was empty, and has to be seen to from now on. */
    synchronized boolean add(@Nullable CallsAtOnce of, Runnable work) {
        Work added = new Work(of, work);
        if (last == null) {
            first = added;
        } else {
            last.behind = added;
        }
        last = added;
        return length++ == 0;
    }

    /** The next one, which stays a part of its length until {@link #done}; null when all were dropped meanwhile. */
    synchronized @Nullable Work next() {
        Work next = first;
        if (next != null) {
            first = next.behind;
            last = first == null ? null : last;
        }
        return next;
    }

    /** That one is done. The one behind it; null when there is none, and nobody has to see to it any more. */
    synchronized @Nullable Work done() {
        length--;
        return first;
    }

    /** Leaves undone what nobody has begun with. */
    synchronized void drop() {
        while (next() != null) {
            length--;
        }
    }

    /** One of them, and whose it is: null when it is the container's own. */
    static final class Work implements Runnable {
        private final @Nullable CallsAtOnce of;
        private final Runnable work;
        private @Nullable Work behind;

        private Work(@Nullable CallsAtOnce of, Runnable work) {
            this.of = of;
            this.work = work;
        }

        @Nullable
        CallsAtOnce of() {
            return of;
        }

        @Override
        public void run() {
            work.run();
        }
    }
}

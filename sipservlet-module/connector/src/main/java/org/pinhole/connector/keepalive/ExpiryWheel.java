package org.pinhole.connector.keepalive;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Finds the flows that have been silent too long, a second's slot at a time. Received bytes cost nothing here: a flow is
 * looked at when the deadline that it had is reached, and moves on when it has been heard since. Deadlines beyond one turn
 * of the wheel wait for the next. Time is given by the caller, in {@link System#nanoTime()} values. Safe for any thread;
 * nothing is called while the lock is held.
 *
 * @param <F> the flow's own object
 */
public final class ExpiryWheel<F> {
    private static final int SLOTS = 1024;
    private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<Set<Entry<F>>> slots = new ArrayList<>(SLOTS);
    private final IdentityHashMap<F, Entry<F>> armed = new IdentityHashMap<>();
    private final long start;
    private long ticked;

    /** An empty wheel that turns from now on. */
    public ExpiryWheel(long now) {
        this.start = now;
        for (int i = 0; i < SLOTS; i++) {
            slots.add(new HashSet<>(0));
        }
    }

    /** Watches a flow from now on, or anew after something was negotiated. */
    public synchronized void arm(F flow, FlowLife life) {
        long deadline = life.deadline();
        if (deadline == FlowLife.NEVER) {
            disarm(flow);
            return;
        }
        Entry<F> present = armed.get(flow);
        if (present != null && present.tick <= tick(deadline)) {
            return; // it will be looked at in time, and moves on then
        }
        disarm(flow);
        Entry<F> entry = new Entry<>(flow, life);
        armed.put(flow, entry);
        place(entry, deadline);
    }

    /** Forgets a flow that has closed. */
    public synchronized void disarm(F flow) {
        Entry<F> entry = armed.remove(flow);
        if (entry != null) {
            slot(entry).remove(entry);
        }
    }

    /** How many places of the wheel are taken: one for each that is watched. */
    synchronized int places() {
        return slots.stream().mapToInt(Set::size).sum();
    }

    /** How many flows are watched. */
    public synchronized int size() {
        return armed.size();
    }

    /** Turns the wheel up to now and hands over every flow that has expired, once, with its life. */
    public void turn(long now, BiConsumer<F, FlowLife> expired) {
        List<Entry<F>> dead = new ArrayList<>();
        synchronized (this) {
            for (long due = (now - start) / TICK_NANOS; ticked <= due; ticked++) {
                Set<Entry<F>> slot = slots.set((int) (ticked % SLOTS), new HashSet<>(0));
                for (Entry<F> entry : slot) {
                    look(entry, now, dead);
                }
            }
        }
        for (Entry<F> entry : dead) {
            expired.accept(entry.flow, entry.life);
        }
    }

    private void look(Entry<F> entry, long now, List<Entry<F>> dead) {
        long deadline = entry.life.deadline(now);
        if (deadline == FlowLife.NEVER) {
            armed.remove(entry.flow);
        } else if (now - deadline >= 0) {
            armed.remove(entry.flow);
            dead.add(entry);
        } else {
            place(entry, deadline);
        }
    }

    /** Into the first slot that is looked at when the deadline has passed, one turn ahead at most. */
    private void place(Entry<F> entry, long deadline) {
        entry.tick = Math.min(Math.max(tick(deadline), ticked + 1), ticked + SLOTS - 1);
        slot(entry).add(entry);
    }

    private Set<Entry<F>> slot(Entry<F> entry) {
        return slots.get((int) (entry.tick % SLOTS));
    }

    private long tick(long deadline) {
        return Math.floorDiv(deadline - start + TICK_NANOS - 1, TICK_NANOS);
    }

    /** One watched flow. */
    private static final class Entry<F> {
        private final F flow;
        private final FlowLife life;
        private long tick;

        Entry(F flow, FlowLife life) {
            this.flow = flow;
            this.life = life;
        }
    }
}

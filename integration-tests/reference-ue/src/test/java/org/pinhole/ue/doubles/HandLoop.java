package org.pinhole.ue.doubles;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.pinhole.ue.loop.UeLoop;

/** A loop whose clock is moved by hand; everything runs on the caller's thread. */
public final class HandLoop implements UeLoop {
    private record Task(Instant at, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparing(Task::order));
    private Instant now = Instant.EPOCH;
    private long order;

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Timer schedule(Duration delay, Runnable work) {
        Task task = new Task(now.plus(delay), order++, work);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public Instant now() {
        return now;
    }

    /** Lets that much time pass, and happen what falls due. */
    public void pass(Duration time) {
        Instant end = now.plus(time);
        for (Task next = tasks.peek(); next != null && !next.at().isAfter(end); next = tasks.peek()) {
            tasks.remove(next);
            now = next.at();
            next.work().run();
        }
        now = end;
    }
}

package org.pinhole.bench.scenario;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;

/**
 * Registered phones that say nothing but pings, each at a random 80–100 % of the interval, anew for each ping (requirement
 * K-4). A ping without a pong counts with the time that it has waited so far.
 */
final class LivePhones implements PhoneEvents {
    /** Handshakes under way: what a machine with these few cores can do at a time. */
    private static final int OPENING_AT_ONCE = 64;

    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final List<Phone> phones = new ArrayList<>();
    private final Semaphore opening = new Semaphore(OPENING_AT_ONCE);
    private final AtomicInteger registered = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final LongAdder pings = new LongAdder();
    private final LongAdder pongs = new LongAdder();
    private final Latencies latencies = new Latencies();
    private final double intervalSeconds;
    private volatile @Nullable Throwable fault;

    LivePhones(double intervalSeconds) {
        this.intervalSeconds = intervalSeconds;
    }

    /** Connects and registers so many more. Returns when all are, or throws when some cannot. */
    void open(Phones source, InetSocketAddress server, int count) throws InterruptedException {
        int wanted = registered.get() + count;
        for (int i = 0; i < count; i++) {
            opening.acquire();
            phones.add(source.connect(server, 1, this));
        }
        for (int i = 0; i < 600 && registered.get() + lost.get() < wanted; i++) {
            Thread.sleep(50);
        }
        if (registered.get() < wanted) {
            throw new IllegalStateException("only " + registered + " of " + wanted + " are registered: " + fault);
        }
    }

    /** What was seen since it was last asked. */
    record Seen(long pings, long pongs, int lost, int unanswered, Histogram latencies) {
        String text() {
            return pings + " pings, " + pongs + " pongs, " + lost + " flows lost, pong " + Latencies.text(latencies);
        }
    }

    Seen seen() {
        Histogram answered = latencies.drain();
        return new Seen(pings.sumThenReset(), pongs.sumThenReset(), lost.get(), unanswered(), answered);
    }

    /** Pings that have waited for longer than any machine is busy: a phone sends no other before it has its pong. */
    private int unanswered() {
        return (int) phones.stream()
                .filter(phone -> phone.pingWaitNanos() > LOST_NANOS)
                .count();
    }

    /** Adds the pings that still wait; for the end of a measurement. */
    Seen seenAtLast() {
        for (Phone phone : phones) {
            long waits = phone.pingWaitNanos();
            if (waits > 1_000_000) {
                latencies.record(waits);
            }
        }
        return seen();
    }

    int registered() {
        return registered.get();
    }

    void close() {
        phones.forEach(Phone::close);
    }

    @Override
    public void opened(Phone phone) {
        phone.register(0);
    }

    @Override
    public void response(Phone phone, int slot, int status, long nanos) {
        opening.release();
        if (status == 200) {
            registered.incrementAndGet();
            // The first one anywhere in the interval: the phones were not all switched on together.
            phone.later((long) (ThreadLocalRandom.current().nextDouble() * intervalSeconds * 1e9), () -> ping(phone));
        }
    }

    private void ping(Phone phone) {
        if (phone.ping()) {
            pings.increment();
        }
        double next = intervalSeconds * (0.8 + 0.2 * ThreadLocalRandom.current().nextDouble());
        phone.later((long) (next * 1e9), () -> ping(phone));
    }

    @Override
    public void pong(Phone phone, long nanos) {
        pongs.increment();
        latencies.record(nanos);
    }

    @Override
    public void closed(Phone phone, @Nullable Throwable why) {
        fault = why;
        lost.incrementAndGet();
        opening.release();
    }
}

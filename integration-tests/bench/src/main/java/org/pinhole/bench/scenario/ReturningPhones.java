package org.pinhole.bench.scenario;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;

/** Phones that register, and connect anew whenever their connection is gone, at once the first time and then after a pause. */
final class ReturningPhones implements PhoneEvents {
    private static final long STEP_MILLIS = 20;

    private final Phones source;
    private final InetSocketAddress server;
    private final int count;
    private final Set<Phone> registered = ConcurrentHashMap.newKeySet();
    /** Those whose connections the storm has taken, until they know. */
    private final Set<Phone> lost = ConcurrentHashMap.newKeySet();

    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final Latencies times = new Latencies();
    private volatile boolean stopped;
    private volatile long lostAt;

    ReturningPhones(Phones source, InetSocketAddress server, int count) {
        this.source = source;
        this.server = server;
        this.count = count;
    }

    /** How the return went. */
    record Back(int count, double seconds, int failures, int resumed, Histogram times) {}

    /** Connects and registers all; the first time, gently. */
    void connectAll(double withinSeconds) throws InterruptedException {
        for (int i = 0; i < count; i++) {
            source.connect(server, 1, this);
            if (i % 20 == 0) {
                TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            }
        }
        await(withinSeconds);
        if (registered.size() < count) {
            throw new IllegalStateException("only " + registered.size() + " of " + count + " could register");
        }
    }

    /** Resets all connections, lets the phones come back, and waits until they are registered again. */
    Back loseAllAndReturn(double withinSeconds) throws InterruptedException {
        failures.set(0);
        resumed.set(0);
        times.drain();
        lost.addAll(registered);
        registered.clear();
        lostAt = System.nanoTime();
        List.copyOf(lost).forEach(Phone::abort);
        double seconds = await(withinSeconds);
        return new Back(registered.size(), seconds, failures.get(), resumed.get(), times.drain());
    }

    /** From now on nobody comes back. */
    void stop() {
        stopped = true;
    }

    private double await(double withinSeconds) throws InterruptedException {
        long start = System.nanoTime();
        double seconds = 0;
        while (registered.size() < count && seconds < withinSeconds) {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            seconds = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    @Override
    public void opened(Phone phone) {
        if (phone.resumed()) {
            resumed.incrementAndGet();
        }
        phone.register(0);
    }

    @Override
    public void response(Phone phone, int slot, int status, long nanos) {
        if (status == 200) {
            registered.add(phone);
            times.record(System.nanoTime() - lostAt);
        } else {
            phone.close();
        }
    }

    @Override
    public void closed(Phone phone, @Nullable Throwable why) {
        registered.remove(phone);
        boolean asMeant = lost.remove(phone);
        if (stopped) {
            return;
        }
        if (asMeant) {
            source.connect(phone.number(), server, 1, this);
        } else {
            failures.incrementAndGet();
            long pause = 500L + ThreadLocalRandom.current().nextInt(1000);
            source.later(pause, () -> source.connect(phone.number(), server, 1, this));
        }
    }
}

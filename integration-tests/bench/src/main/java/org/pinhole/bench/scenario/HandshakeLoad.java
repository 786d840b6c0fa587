package org.pinhole.bench.scenario;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.server.Contestant;

/**
 * Phones that connect, shake hands, ping, leave, and make room for the next. They stay for the pong since a server may send
 * its session tickets with the first octets it has to say: who left before would have none to resume with. One run only.
 */
final class HandshakeLoad implements PhoneEvents {
    private static final long STAY_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final Phones source;
    private final Contestant server;
    private final int atOnce;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder done = new LongAdder();
    private final LongAdder resumed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Latencies latencies = new Latencies();
    private volatile boolean running;

    HandshakeLoad(Phones source, Contestant server, int atOnce) {
        this.source = source;
        this.server = server;
        this.atOnce = atOnce;
    }

    /**
     * What was seen.
     *
     * @param done handshakes
     * @param failed connections that never came so far as to be open
     * @param latencies from connecting to the end of the handshake
     */
    record Seen(long done, double perSecond, double resumedPercent, long failed, Histogram latencies) {}

    /** Shakes hands for so long. Returns when the last has ended. */
    Seen run(double seconds) throws InterruptedException {
        running = true;
        long start = System.nanoTime();
        for (int i = 0; i < atOnce; i++) {
            next();
        }
        Thread.sleep((long) (seconds * 1000));
        double perSecond = done.sum() / ((System.nanoTime() - start) / 1e9);
        running = false;
        for (int i = 0; i < 200 && underWay.get() > 0; i++) {
            Thread.sleep(10);
        }
        double percent = 100.0 * resumed.sum() / Math.max(1, done.sum());
        return new Seen(done.sum(), perSecond, percent, failed.sum(), latencies.drain());
    }

    private void next() {
        underWay.incrementAndGet();
        source.connect(server.address(), 1, this);
    }

    @Override
    public void opened(Phone phone) {
        done.increment();
        if (phone.resumed()) {
            resumed.increment();
        }
        latencies.record(phone.ageNanos());
        phone.ping();
        if (!server.answersFirstPing()) {
            phone.later(STAY_NANOS, phone::abort);
        }
    }

    @Override
    public void pong(Phone phone, long nanos) {
        phone.abort();
    }

    @Override
    public void closed(Phone phone, @Nullable Throwable why) {
        underWay.decrementAndGet();
        if (!phone.wasOpen()) {
            failed.increment();
        }
        if (running) {
            next();
        }
    }
}

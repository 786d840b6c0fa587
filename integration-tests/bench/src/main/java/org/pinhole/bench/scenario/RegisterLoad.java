package org.pinhole.bench.scenario;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;

/** Phones at one server that register without pause while they are told to: as soon as one is answered, the next goes out. */
final class RegisterLoad implements PhoneEvents {
    private static final long CONNECT_SECONDS = 20;

    private final List<Phone> phones = new ArrayList<>();
    private final int outstanding;
    private final CountDownLatch connected;
    private final AtomicInteger underWay = new AtomicInteger();
    private final LongAdder answered = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final Latencies latencies = new Latencies();
    private volatile boolean running;
    private volatile @Nullable Throwable fault;

    /** Connects them all. */
    RegisterLoad(Phones source, InetSocketAddress server, int connections, int outstanding)
            throws InterruptedException {
        this.outstanding = outstanding;
        this.connected = new CountDownLatch(connections);
        for (int i = 0; i < connections; i++) {
            phones.add(source.connect(server, outstanding, this));
        }
        if (!connected.await(CONNECT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException(connected.getCount() + " of " + connections
                    + " phones could not connect to " + server + ": " + fault);
        }
    }

    /** What was seen in one stretch of time. */
    record Seen(double perSecond, long refused, Histogram latencies) {}

    /** Registers for so long. Returns when the last answer is there. */
    Seen run(double seconds) throws InterruptedException {
        answered.reset();
        refused.reset();
        latencies.drain();
        long start = System.nanoTime();
        running = true;
        for (Phone phone : phones) {
            phone.later(0, () -> {
                for (int slot = 0; slot < outstanding; slot++) {
                    underWay.incrementAndGet();
                    phone.register(slot);
                }
            });
        }
        Thread.sleep((long) (seconds * 1000));
        double perSecond = answered.sum() / ((System.nanoTime() - start) / 1e9);
        running = false;
        for (int i = 0; i < 100 && underWay.get() > 0; i++) {
            Thread.sleep(20);
        }
        return new Seen(perSecond, refused.sum() + underWay.getAndSet(0), latencies.drain());
    }

    void close() {
        phones.forEach(Phone::close);
    }

    @Override
    public void opened(Phone phone) {
        connected.countDown();
    }

    @Override
    public void response(Phone phone, int slot, int status, long nanos) {
        (status == 200 ? answered : refused).increment();
        latencies.record(nanos);
        if (running) {
            phone.register(slot);
        } else {
            underWay.decrementAndGet();
        }
    }

    @Override
    public void closed(Phone phone, @Nullable Throwable why) {
        fault = why;
        if (running) {
            refused.increment();
        }
    }
}

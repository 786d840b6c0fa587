package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.ClientHello;
import org.pinhole.bench.load.Nuisance;
import org.pinhole.bench.load.Phone;
import org.pinhole.bench.load.PhoneEvents;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.load.Rubbish;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.ProcessFigures;
import org.pinhole.bench.server.SipContainer;

/**
 * A bit of everything for a long while, with Netty's leak detector at its strictest: registrations, pings, reconnects,
 * resets, rubbish and handshakes that stall.
 *
 * @param flows phones at a time, each doing something a second
 * @param seconds how long
 */
public record Soak(int flows, int seconds) implements Scenario {
    private static final String[] LEAK_DETECTOR = {
        "-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=20"
    };
    private static final int RUBBISH_PER_SECOND = 20;
    private static final int STALLED = 100;
    private static final int LOOK_EVERY_SECONDS = 15;
    private static final double GROWTH_ALLOWED = 0.05;

    private record Look(long rssKib, long heapKib, int files, int threads) {}

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        try (SipContainer container = bed.start(Connector.PINHOLE, KeyKind.P_256, LEAK_DETECTOR);
                Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, true);
                Nuisance nuisance = new Nuisance()) {
            int filesAlone = container.figures().files();
            Restless restless = new Restless(phones, container);
            restless.start(flows);
            AtomicInteger number = new AtomicInteger();
            nuisance.every(1_000_000 / RUBBISH_PER_SECOND, () -> rubbish(container, nuisance, number));
            List<Look> looks = new ArrayList<>();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            while (System.nanoTime() < end) {
                Thread.sleep(LOOK_EVERY_SECONDS * 1000L);
                Look look = look(container.figures());
                looks.add(look);
                bed.report().say("%s, %s", look, restless);
            }
            restless.stop();
            nuisance.stop();
            Thread.sleep(15_000); // what stalls is ended within ten
            container.figures().collectGarbage(); // what leaks is noticed once it is collected
            int filesLeft = container.figures().files() - filesAlone;
            tell(bed, container, looks, restless, filesLeft);
        }
    }

    private static void rubbish(SipContainer container, Nuisance nuisance, AtomicInteger number) {
        int next = number.getAndIncrement();
        nuisance.connect(container.address(), Rubbish.of(next), () -> {});
        if (nuisance.open() < STALLED) {
            nuisance.connect(container.address(), Rubbish.stalled(next, ClientHello.bytes()), () -> {});
        }
    }

    private static Look look(ProcessFigures figures) throws IOException {
        long alive = figures.liveHeapKib();
        return new Look(figures.rssKib(), alive, figures.files(), figures.threads());
    }

    private void tell(Bed bed, SipContainer container, List<Look> looks, Restless restless, int filesLeft) {
        List<String> leaks = container.logLines("LEAK");
        leaks.stream().limit(3).forEach(line -> bed.report().say("%s", line));
        bed.report()
                .verdict(leaks.isEmpty(), "no LEAK line in " + seconds + " s", leaks.size() + " lines, " + restless);
        // The first third is the container's own warming up: sessions live for three minutes.
        flat(bed, "resident set", looks, Look::rssKib);
        flat(bed, "heap alive", looks, Look::heapKib);
        bed.report().verdict(filesLeft <= 2, "no file descriptor stays behind", filesLeft + " more than before");
    }

    private static void flat(Bed bed, String what, List<Look> looks, ToLongFunction<Look> figure) {
        long middle = mean(looks.subList(looks.size() / 3, looks.size() * 2 / 3), figure);
        long last = mean(looks.subList(looks.size() * 2 / 3, looks.size()), figure);
        double growth = (double) (last - middle) / middle;
        bed.report()
                .verdict(
                        growth < GROWTH_ALLOWED,
                        what + " is flat",
                        String.format(
                                Locale.ROOT,
                                "%d KiB in the middle third, %d in the last (%.1f %%)",
                                middle,
                                last,
                                growth * 100));
    }

    private static long mean(List<Look> looks, ToLongFunction<Look> figure) {
        return (long) looks.stream().mapToLong(figure).average().orElse(0);
    }

    /** Phones that never rest: each registers, pings, leaves, breaks off, and comes back. */
    private static final class Restless implements PhoneEvents {
        private final Phones source;
        private final SipContainer server;
        private final LongAdder registered = new LongAdder();
        private final LongAdder refused = new LongAdder();
        private final LongAdder pongs = new LongAdder();
        private final LongAdder connections = new LongAdder();
        private final LongAdder failed = new LongAdder();
        private volatile boolean stopped;

        Restless(Phones source, SipContainer server) {
            this.source = source;
            this.server = server;
        }

        void start(int flows) {
            for (int i = 0; i < flows; i++) {
                connect(i);
            }
        }

        void stop() {
            stopped = true;
        }

        private void connect(int number) {
            connections.increment();
            source.connect(number, server.address(), 4, this);
        }

        @Override
        public void opened(Phone phone) {
            phone.register(0);
            soon(phone);
        }

        private void soon(Phone phone) {
            phone.later(500_000_000L + ThreadLocalRandom.current().nextLong(1_000_000_000L), () -> something(phone));
        }

        private void something(Phone phone) {
            int dice = ThreadLocalRandom.current().nextInt(20);
            if (stopped || dice == 0) {
                phone.close();
            } else if (dice == 1) {
                phone.abort();
            } else if (dice < 6) {
                phone.register(dice % 4);
            } else {
                phone.ping();
            }
            soon(phone);
        }

        @Override
        public void pong(Phone phone, long nanos) {
            pongs.increment();
        }

        @Override
        public void response(Phone phone, int slot, int status, long nanos) {
            (status == 200 ? registered : refused).increment();
        }

        @Override
        public void closed(Phone phone, @Nullable Throwable why) {
            if (!phone.wasOpen()) {
                failed.increment();
            }
            if (!stopped) {
                source.later(200, () -> connect(phone.number()));
            }
        }

        @Override
        public String toString() {
            return connections + " connections (" + failed + " failed), " + registered + " registrations, " + refused
                    + " refused, " + pongs + " pongs";
        }
    }
}

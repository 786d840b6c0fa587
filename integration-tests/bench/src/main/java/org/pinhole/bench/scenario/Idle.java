package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.report.Report;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KernelSockets;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.ProcessFigures;
import org.pinhole.bench.server.SipContainer;
import org.pinhole.bench.server.SocketSlabs;

/**
 * Many phones that are registered and say nothing but pings: what each costs the server's machine, and whether each is
 * answered in time.
 *
 * @param flows how many
 * @param keepSeconds the interval of their pings
 * @param holdSeconds how long they are looked at once all are there
 */
public record Idle(int flows, double keepSeconds, double holdSeconds) implements Scenario {
    /** Phones that come and go before: then code is compiled, and every thread that there is has been started. */
    private static final int PHONES_BEFORE = 2048;
    /** So many of them at a time, so that what they leave behind is next to nothing. */
    private static final int AT_A_TIME = 64;
    /** As the kernel shows them: the first 15 characters, numbers replaced. */
    private static final List<String> NOT_FOR_FLOWS = List.of("pool-AffinityJA", "GC Thread", "GN Refine");

    private static final String EVENT_LOOPS = "pinhole-io-N";
    private static final double TARGET_KIB = 25;
    private static final double TARGET_MILLIS = 5;

    /** The machine's and the process's memory at one moment. */
    private record Memory(
            long rssKib, long heapKib, long bufferKib, long slabKib, long socketKib, int threads, int files) {
        static Memory now(ProcessFigures figures) throws IOException {
            figures.collectGarbage(); // what is left afterwards belongs to somebody
            return new Memory(
                    figures.rssKib(),
                    figures.liveHeapKib(),
                    KernelSockets.bufferKib(),
                    KernelSockets.slabKib(),
                    SocketSlabs.readable() ? SocketSlabs.kib() : 0,
                    figures.threads(),
                    figures.files());
        }
    }

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        Report report = bed.report();
        try (SipContainer container = bed.start(Connector.PINHOLE, KeyKind.P_256);
                Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false)) {
            warmUp(container, phones);
            Memory before = Memory.now(container.figures());
            Map<String, Integer> threadsBefore = container.figures().threadsByName();
            report.say("without flows: %s, threads %s", before, threadsBefore);
            LivePhones live = new LivePhones(keepSeconds);
            long start = System.nanoTime();
            live.open(phones, container.address(), flows);
            report.say("%d flows registered in %.1f s", live.registered(), (System.nanoTime() - start) / 1e9);
            report.say("right after: RSS %d KiB", container.figures().rssKib());
            live.seen();
            Thread.sleep((long) (holdSeconds * 1000));
            LivePhones.Seen seen = live.seenAtLast();
            report.say(
                    "while idle: %s, RSS %d KiB",
                    seen.text(), container.figures().rssKib());
            Memory after = Memory.now(container.figures());
            report.say("after: %s", after);
            tell(report, before, after, seen);
            threads(report, threadsBefore, container.figures().threadsByName());
        }
    }

    private static void warmUp(SipContainer container, Phones phones) throws InterruptedException {
        for (int phone = 0; phone < PHONES_BEFORE; phone += AT_A_TIME) {
            LivePhones some = new LivePhones(0.2);
            some.open(phones, container.address(), AT_A_TIME);
            Thread.sleep(300);
            some.close();
        }
        Thread.sleep(2000);
    }

    private void tell(Report report, Memory before, Memory after, LivePhones.Seen seen) {
        double rss = (double) (after.rssKib - before.rssKib) / flows;
        double buffers = (double) (after.bufferKib - before.bufferKib) / flows;
        double slabs = (double) (after.slabKib - before.slabKib) / flows;
        double socket = (double) (after.socketKib - before.socketKib) / flows / 2; // the phone's is as large
        report.say(
                "per flow: RSS %.1f KiB (heap in use %.1f), the server's socket %.1f KiB, buffers of both ends %.2f KiB,"
                        + " unreclaimable slabs of both ends %.1f KiB",
                rss, (double) (after.heapKib - before.heapKib) / flows, socket, buffers, slabs);
        boolean known = SocketSlabs.readable();
        double all = rss + buffers + (known ? socket : slabs);
        report.verdict(
                all <= TARGET_KIB,
                "memory per flow, RSS and the kernel's, at most " + TARGET_KIB + " KiB",
                String.format(
                        Locale.ROOT,
                        "%.1f KiB with %d flows%s",
                        all,
                        flows,
                        known ? "" : ", the phone's end too: only root may tell them apart"));
        Histogram pongs = seen.latencies();
        boolean everyPing = seen.lost() == 0 && seen.unanswered() == 0;
        report.verdict(
                everyPing && Latencies.millis(pongs, 99) < TARGET_MILLIS,
                "every ping answered, p99 below " + TARGET_MILLIS + " ms",
                seen.text());
    }

    private static void threads(Report report, Map<String, Integer> before, Map<String, Integer> after) {
        int grown = 0;
        for (Map.Entry<String, Integer> each : after.entrySet()) {
            int more = each.getValue() - before.getOrDefault(each.getKey(), 0);
            if (more > 0) {
                report.say("%d more threads named %s, %d in all", more, each.getKey(), each.getValue());
                // The stack starts the threads of its pool one by one, up to THREAD_POOL_SIZE, and the JVM those of its
                // collector, however many flows there are.
                grown += NOT_FOR_FLOWS.stream().anyMatch(each.getKey()::startsWith) ? 0 : more;
            }
        }
        report.say("event loops: %d", after.getOrDefault(EVENT_LOOPS, 0));
        report.verdict(
                grown == 0,
                "no thread more than without flows, but for the stack's and the JVM's own",
                grown + " more");
    }
}

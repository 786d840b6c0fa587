package org.pinhole.bench.scenario;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.pinhole.bench.load.ClientHello;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Nuisance;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.load.Rubbish;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.SipContainer;

/**
 * What the pongs of live flows suffer while others stall in their handshakes and throw rubbish at the port.
 *
 * @param live registered phones, each with a ping per second
 * @param stalled handshakes that stand still; whichever the server ends is replaced
 * @param rubbishPerSecond further connections that send no TLS
 * @param seconds how long it is looked at, before and during
 */
public record Abuse(int live, int stalled, int rubbishPerSecond, double seconds) implements Scenario {
    private static final double TARGET_MILLIS = 100;
    /** The server ends a handshake after ten seconds, and the next one begins a moment later. */
    private static final double THERE = 0.9;

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        try (SipContainer container = bed.start(Connector.PINHOLE, KeyKind.P_256);
                Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false);
                Nuisance stalling = new Nuisance();
                Nuisance rubbish = new Nuisance()) {
            LivePhones flows = new LivePhones(1);
            flows.open(phones, container.address(), live);
            Thread.sleep(5000);
            flows.seen();
            Thread.sleep((long) (seconds * 1000));
            bed.report().say("alone: %s", flows.seen().text());
            stall(container.address(), stalling);
            AtomicInteger number = new AtomicInteger();
            rubbish.every(
                    1_000_000 / rubbishPerSecond,
                    () -> rubbish.connect(container.address(), Rubbish.of(number.getAndIncrement()), () -> {}));
            Thread.sleep(2000);
            flows.seen();
            Thread.sleep((long) (seconds * 1000));
            LivePhones.Seen during = flows.seenAtLast();
            double inAll = (seconds + 2) * rubbishPerSecond;
            bed.report()
                    .verdict(
                            stalling.open() >= THERE * stalled && number.get() >= THERE * inAll,
                            "nearly all of that was there",
                            String.format(
                                    Locale.ROOT,
                                    "%d stalled (%d more were ended by the server), %d of %d pieces of rubbish were ended",
                                    stalling.open(),
                                    stalling.closed(),
                                    rubbish.closed(),
                                    number.get()));
            bed.report()
                    .verdict(
                            during.lost() == 0 && Latencies.millis(during.latencies(), 99) < TARGET_MILLIS,
                            stalled + " stalled handshakes and " + rubbishPerSecond
                                    + " garbage connections per second: p99 pong below " + TARGET_MILLIS + " ms",
                            during.text());
            stalling.stop();
        }
    }

    private void stall(InetSocketAddress server, Nuisance stalling) {
        byte[] hello = ClientHello.bytes();
        for (int i = 0; i < stalled; i++) {
            stallAgain(server, stalling, hello, i);
        }
    }

    private static void stallAgain(InetSocketAddress server, Nuisance stalling, byte[] hello, int number) {
        stalling.connect(
                server,
                Rubbish.stalled(number, hello),
                () -> stalling.later(() -> stallAgain(server, stalling, hello, number)));
    }
}

package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.pinhole.bench.load.Latencies;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.SipContainer;

/**
 * Many registered phones lose their connections in one moment and all come back in the next, while others are live.
 *
 * @param flows how many come back
 * @param live how many stay, each with a ping per second
 * @param kind of the server's key
 * @param sources how many addresses they come back from
 */
public record Storm(int flows, int live, KeyKind kind, int sources) implements Scenario {
    /** RFC 5626 lets a phone wait ten seconds for a pong; what is far below is no collapse. */
    private static final double TARGET_MILLIS = 100;

    private static final double WITHIN_SECONDS = 32;
    /** After one that is not: a server that has run for an hour is compiled, and its compiler has no part of the processors. */
    private static final int COUNTED = 3;

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        try (SipContainer container = bed.start(Connector.PINHOLE, kind);
                Phones phones = new Phones(bed.key(kind).certificate(), 1, false);
                Phones others = new Phones(bed.key(kind).certificate(), 1, false, sources)) {
            LivePhones staying = new LivePhones(1);
            staying.open(phones, container.address(), live);
            ReturningPhones returning = new ReturningPhones(others, container.address(), flows);
            returning.connectAll(WITHIN_SECONDS * 2);
            for (int storm = 0; storm <= COUNTED; storm++) {
                Thread.sleep(5000);
                int lostBefore = staying.seen().lost();
                Thread.sleep(5000);
                bed.report().say("before: %s", staying.seen().text());
                ReturningPhones.Back back = returning.loseAllAndReturn(WITHIN_SECONDS);
                LivePhones.Seen during = staying.seenAtLast();
                if (storm == 0) {
                    bed.report().say("the first, which the compiler takes part in: %s", text(back));
                    bed.report().say("meanwhile: %s", during.text());
                } else {
                    tell(bed, back, during, lostBefore);
                }
            }
            returning.stop();
        }
    }

    private void tell(Bed bed, ReturningPhones.Back back, LivePhones.Seen during, int lostBefore) {
        bed.report().verdict(back.count() == flows, flows + " flows are back and registered, none starved", text(back));
        bed.report()
                .verdict(
                        during.lost() == lostBefore && Latencies.millis(during.latencies(), 99) < TARGET_MILLIS,
                        "meanwhile p99 pong of live flows below " + TARGET_MILLIS + " ms",
                        during.text());
    }

    private String text(ReturningPhones.Back back) {
        Histogram times = back.times();
        return String.format(
                Locale.ROOT,
                "%d of %d in %.1f s (%d tries failed), the median after %.1f s, %d full and %d resumed",
                back.count(),
                flows,
                back.seconds(),
                back.failures(),
                Latencies.millis(times, 50) / 1000,
                back.count() - back.resumed(),
                back.resumed());
    }
}

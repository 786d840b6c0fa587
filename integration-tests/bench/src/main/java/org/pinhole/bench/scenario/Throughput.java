package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.SipContainer;

/**
 * REGISTER → 200 over TLS, ours beside both stock processors: all three run, one at a time is loaded, turns change from
 * round to round, the median of the rounds counts.
 *
 * @param connections how many phones
 * @param outstanding requests under way per phone
 * @param target what ours should be, in times of the better stock processor
 * @param rounds how many turns each has
 * @param seconds how long a turn is
 * @param warmUpSeconds what goes before the first round, for each
 */
public record Throughput(
        int connections, int outstanding, double target, int rounds, double seconds, double warmUpSeconds)
        implements Scenario {

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        List<Entrant> entrants = new ArrayList<>();
        try (Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false)) {
            for (Connector each : Connector.values()) {
                entrants.add(enter(bed.start(each, KeyKind.P_256), each, phones));
            }
            for (Entrant each : entrants) {
                double warm = each.load.run(warmUpSeconds).perSecond();
                bed.report().say("%s warm: %.0f/s", each.connector.title(), warm);
            }
            for (int round = 0; round < rounds; round++) {
                List<Entrant> turns = new ArrayList<>(entrants);
                Collections.rotate(turns, round);
                for (Entrant each : turns) {
                    RegisterLoad.Seen seen = each.load.run(seconds);
                    each.turns.add(seen.perSecond(), seen.latencies());
                    bed.report()
                            .say(
                                    "round %d %s %.0f/s, %d not answered with 200",
                                    round + 1, each.connector.title(), seen.perSecond(), seen.refused());
                }
            }
        } finally {
            entrants.forEach(each -> each.container.close());
        }
        tell(bed, entrants);
    }

    private record Entrant(Connector connector, SipContainer container, RegisterLoad load, Turns turns) {}

    private Entrant enter(SipContainer container, Connector connector, Phones phones) throws InterruptedException {
        try {
            RegisterLoad load = new RegisterLoad(phones, container.address(), connections, outstanding);
            return new Entrant(connector, container, load, new Turns(connector.title()));
        } catch (IllegalStateException unreachable) {
            container.close();
            throw unreachable;
        }
    }

    private void tell(Bed bed, List<Entrant> entrants) {
        double stock = 0;
        double ours = 0;
        for (Entrant each : entrants) {
            if (each.connector == Connector.PINHOLE) {
                ours = each.turns.median();
            } else {
                stock = Math.max(stock, each.turns.median());
            }
        }
        String load = connections + " connections, " + outstanding + " outstanding each";
        bed.report()
                .table(
                        List.of(load, "REGISTER/s, median", "all turns", "latency"),
                        entrants.stream().map(each -> each.turns.row()).toList());
        bed.report()
                .verdict(
                        ours / stock >= target,
                        String.format(Locale.ROOT, "%s: at least %.1f times the better stock processor", load, target),
                        String.format(Locale.ROOT, "%.2f times", ours / stock));
    }
}

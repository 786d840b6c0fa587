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
 * round to round, the median of the rounds counts. They warm up in turns too: whoever came first would be warmed by a load
 * that is cold itself, with fewer requests than those who come after.
 *
 * @param cases the loads, one after the other
 * @param rounds how many turns each contestant has per case
 * @param seconds how long a turn is
 * @param warmUpSeconds what goes before the first case, for each; a quarter of it goes before the others
 */
public record Throughput(List<RegisterCase> cases, int rounds, double seconds, double warmUpSeconds)
        implements Scenario {

    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        List<SipContainer> containers = new ArrayList<>();
        try (Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false)) {
            for (Connector each : Connector.values()) {
                containers.add(bed.start(each, KeyKind.P_256));
            }
            double warmUp = warmUpSeconds;
            for (RegisterCase load : cases) {
                measure(bed, phones, containers, load, warmUp);
                warmUp = warmUpSeconds / 4;
            }
        } finally {
            containers.forEach(SipContainer::close);
        }
    }

    private record Entrant(SipContainer container, RegisterLoad load, Turns turns) {}

    private void measure(Bed bed, Phones phones, List<SipContainer> containers, RegisterCase load, double warmUp)
            throws InterruptedException {
        List<Entrant> entrants = new ArrayList<>();
        for (SipContainer each : containers) {
            RegisterLoad phonesOfEach =
                    new RegisterLoad(phones, each.address(), load.connections(), load.outstanding());
            entrants.add(new Entrant(each, phonesOfEach, new Turns(each.name())));
        }
        int warmUpTurns = (int) Math.ceil(warmUp / seconds);
        for (int turn = 0; turn < warmUpTurns; turn++) {
            for (Entrant each : inOrder(entrants, turn)) {
                double perSecond = each.load.run(warmUp / warmUpTurns).perSecond();
                bed.report()
                        .say(
                                "%s, %s, warming up, turn %d of %d: %.0f/s",
                                load, each.container.name(), turn + 1, warmUpTurns, perSecond);
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Entrant each : inOrder(entrants, round)) {
                double cpu = cpuSeconds(each);
                RegisterLoad.Seen seen = each.load.run(seconds);
                each.turns.add(seen.perSecond(), seen.latencies());
                bed.report()
                        .say(
                                "round %d, %s: %.0f/s, %.0f µs of the server's CPU each, %d not answered with 200",
                                round + 1,
                                each.container.name(),
                                seen.perSecond(),
                                (cpuSeconds(each) - cpu) / (seen.perSecond() * seconds) * 1e6,
                                seen.refused());
            }
        }
        tell(bed, entrants, load);
        entrants.forEach(each -> each.load.close());
    }

    private static List<Entrant> inOrder(List<Entrant> entrants, int turn) {
        List<Entrant> order = new ArrayList<>(entrants);
        Collections.rotate(order, turn);
        return order;
    }

    private static double cpuSeconds(Entrant entrant) {
        try {
            return entrant.container.figures().cpuSeconds();
        } catch (IOException gone) {
            return 0;
        }
    }

    private static void tell(Bed bed, List<Entrant> entrants, RegisterCase load) {
        double stock = 0;
        double ours = 0;
        for (Entrant each : entrants) {
            if (each.container.name().equals(Connector.PINHOLE.title())) {
                ours = each.turns.median();
            } else {
                stock = Math.max(stock, each.turns.median());
            }
        }
        bed.report()
                .table(
                        List.of(load.toString(), "REGISTER/s, median", "all turns", "latency"),
                        entrants.stream().map(each -> each.turns.row()).toList());
        bed.report()
                .verdict(
                        ours / stock >= load.target(),
                        String.format(
                                Locale.ROOT, "%s: at least %.1f times the better stock processor", load, load.target()),
                        String.format(Locale.ROOT, "%.2f times", ours / stock));
    }
}

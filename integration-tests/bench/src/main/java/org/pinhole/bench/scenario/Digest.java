package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.scenario.DigestLoad.Way;
import org.pinhole.bench.server.Authenticator;
import org.pinhole.bench.server.DigestContainer;
import org.pinhole.bench.server.KeyKind;

/**
 * Digest: what one verification costs, and how many phones a second register by it beside the container's own authenticator,
 * which checks neither nonce nor count nor realm nor uri. Turns change from round to round, the median counts.
 *
 * @param connections how many phones, each with one registration under way
 * @param rounds how many turns each contestant has per way of registering
 * @param seconds how long a turn is
 * @param warmUpSeconds what goes before, for each
 */
public record Digest(int connections, int rounds, double seconds, double warmUpSeconds) implements Scenario {
    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        new Verifications(bed.work(), bed.report()).run();
        List<DigestContainer> containers = new ArrayList<>();
        try (Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false)) {
            List<Entrant> entrants = new ArrayList<>();
            for (Authenticator each : Authenticator.values()) {
                DigestContainer container =
                        DigestContainer.start(bed.parts(), bed.work(), each, bed.key(KeyKind.P_256), bed.jvmOptions());
                containers.add(container);
                entrants.add(new Entrant(each, container, new DigestLoad(phones, container.address(), connections)));
            }
            warmUp(bed, entrants);
            for (Way way : Way.values()) {
                measure(bed, way, entrants);
            }
            entrants.forEach(each -> each.load.close());
        } finally {
            containers.forEach(DigestContainer::close);
        }
    }

    /** In turns, as they are measured, in both ways. */
    private void warmUp(Bed bed, List<Entrant> entrants) throws InterruptedException {
        int turns = (int) Math.ceil(warmUpSeconds / seconds);
        for (int turn = 0; turn < turns; turn++) {
            Way way = turn % 2 == 0 ? Way.CHALLENGED : Way.NONCE_KEPT;
            for (Entrant each : inOrder(entrants, turn)) {
                bed.report()
                        .say(
                                "%s, %s, warming up, turn %d of %d: %.0f/s",
                                way,
                                each.authenticator.title(),
                                turn + 1,
                                turns,
                                each.load.run(way, warmUpSeconds / turns).perSecond());
            }
        }
    }

    private static List<Entrant> inOrder(List<Entrant> entrants, int turn) {
        List<Entrant> order = new ArrayList<>(entrants);
        Collections.rotate(order, turn);
        return order;
    }

    private record Entrant(Authenticator authenticator, DigestContainer container, DigestLoad load) {}

    private void measure(Bed bed, Way way, List<Entrant> entrants) throws IOException, InterruptedException {
        Map<Authenticator, Turns> turns = new EnumMap<>(Authenticator.class);
        entrants.forEach(each -> turns.put(each.authenticator, new Turns(each.authenticator.title())));
        for (int round = 0; round < rounds; round++) {
            for (Entrant each : inOrder(entrants, round)) {
                double cpu = each.container.figures().cpuSeconds();
                RegisterLoad.Seen seen = each.load.run(way, seconds);
                turns(turns, each.authenticator).add(seen.perSecond(), seen.latencies());
                bed.report()
                        .say(
                                "round %d, %s, %s: %.0f/s, %.0f µs of the server's CPU each, %d not answered with 200",
                                round + 1,
                                way,
                                each.authenticator.title(),
                                seen.perSecond(),
                                (each.container.figures().cpuSeconds() - cpu) / (seen.perSecond() * seconds) * 1e6,
                                seen.refused());
            }
        }
        bed.report()
                .table(
                        List.of(
                                way + ", " + connections + " connections",
                                "registrations/s, median",
                                "turns",
                                "latency"),
                        turns.values().stream().map(Turns::row).toList());
        double stock = turns(turns, Authenticator.STOCK).median();
        verdict(bed, way, Authenticator.OURS, turns(turns, Authenticator.OURS), stock);
        verdict(bed, way, Authenticator.REGISTRAR, turns(turns, Authenticator.REGISTRAR), stock);
    }

    private static Turns turns(Map<Authenticator, Turns> all, Authenticator whose) {
        return Objects.requireNonNull(all.get(whose));
    }

    private static void verdict(Bed bed, Way way, Authenticator who, Turns turns, double stock) {
        double ratio = turns.median() / stock;
        bed.report()
                .verdict(
                        ratio >= 1,
                        way + ": " + who.title() + " not slower than the container's own authenticator",
                        String.format(Locale.ROOT, "%.2f times", ratio));
    }
}

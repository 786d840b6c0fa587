package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.Contestant;
import org.pinhole.bench.server.Kamailio;
import org.pinhole.bench.server.KeyKind;

/**
 * TLS 1.3 handshakes per second, full and resumed, ours beside both stock processors and Kamailio. The client's half of the
 * work is done on the same processors, so the server's own CPU time per handshake stands beside the rate.
 *
 * @param kind of the servers' key
 * @param atOnce handshakes under way
 * @param rounds how many turns each has
 * @param seconds how long a turn is
 * @param warmUpSeconds what goes before the first round, for each, a third of it resumed
 */
public record Handshakes(KeyKind kind, int atOnce, int rounds, double seconds, double warmUpSeconds)
        implements Scenario {
    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        List<Contestant> contestants = new ArrayList<>();
        Map<String, Turns> turns = new TreeMap<>();
        Map<String, Double> best = new TreeMap<>();
        try (Phones strangers = new Phones(bed.key(kind).certificate(), 2, false);
                Phones returning = new Phones(bed.key(kind).certificate(), 2, true)) {
            for (Connector each : Connector.values()) {
                contestants.add(bed.start(each, kind));
            }
            Kamailio kamailio = Kamailio.start(bed.work().resolve("kamailio"), bed.key(kind));
            if (kamailio == null) {
                bed.report().say("without Kamailio: install kamailio and kamailio-tls-modules");
            } else {
                contestants.add(kamailio);
            }
            warmUp(bed, contestants, strangers, returning);
            for (int round = 0; round < rounds; round++) {
                for (Contestant each : Rounds.inOrder(contestants, round)) {
                    turn(bed, each, "full", strangers, turns);
                    turn(bed, each, "resumed", returning, turns);
                }
            }
        } finally {
            contestants.forEach(Contestant::close);
        }
        bed.report()
                .table(
                        List.of(kind.title(), "handshakes/s, median", "all turns", "time of a handshake"),
                        turns.values().stream().map(Turns::row).toList());
        turns.forEach((name, all) -> best.put(name, all.median()));
        tell(bed, best, "full");
        tell(bed, best, "resumed");
    }

    /** In turns, as what counts later: whoever came first would be warmed by a client that is cold itself. */
    private void warmUp(Bed bed, List<Contestant> contestants, Phones strangers, Phones returning)
            throws InterruptedException {
        int turns = (int) Math.ceil(warmUpSeconds / seconds);
        for (int turn = 0; turn < turns; turn++) {
            for (Contestant each : Rounds.inOrder(contestants, turn)) {
                double ofATurn = warmUpSeconds / turns;
                double full = new HandshakeLoad(strangers, each, atOnce)
                        .run(ofATurn * 2 / 3)
                        .perSecond();
                double again = new HandshakeLoad(returning, each, atOnce)
                        .run(ofATurn / 3)
                        .perSecond();
                bed.report()
                        .say(
                                "%s, warming up, turn %d of %d: %.0f/s full, %.0f/s resumed",
                                each.name(), turn + 1, turns, full, again);
            }
        }
    }

    private void turn(Bed bed, Contestant server, String how, Phones phones, Map<String, Turns> turns)
            throws IOException, InterruptedException {
        if (!server.isRunning()) {
            bed.report().say("%s has ended under the load", server.name());
            return;
        }
        double before = server.figures().cpuSeconds();
        HandshakeLoad.Seen seen = new HandshakeLoad(phones, server, atOnce).run(seconds);
        double cpu = server.figures().cpuSeconds() - before;
        String name = server.name() + ", " + how;
        turns.computeIfAbsent(name, Turns::new).add(seen.perSecond(), seen.latencies());
        bed.report()
                .say(
                        "%s: %.0f/s, %.0f µs of the server's CPU each, %.0f %% resumed, %d failed",
                        name, seen.perSecond(), cpu / seen.done() * 1e6, seen.resumedPercent(), seen.failed());
    }

    private static void tell(Bed bed, Map<String, Double> medians, String how) {
        double ours = 0;
        double others = 0;
        @Nullable String other = null;
        for (Map.Entry<String, Double> each : medians.entrySet()) {
            if (!each.getKey().endsWith(how)) {
                continue;
            }
            if (each.getKey().startsWith(Connector.PINHOLE.title())) {
                ours = each.getValue();
            } else if (each.getValue() > others) {
                others = each.getValue();
                other = each.getKey();
            }
        }
        bed.report()
                .verdict(
                        ours >= others,
                        "handshakes/s at least those of the best other",
                        String.format(Locale.ROOT, "%s %.2f times %s", how, ours / others, other));
    }
}

package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.pinhole.bench.report.Report;
import org.pinhole.bench.server.Contestant;

/**
 * Contestants that all run, and are loaded one at a time: turns change from round to round, the median of the rounds counts.
 * They warm up in turns too: whoever came first would be warmed by a load that is cold itself, with fewer requests than those
 * who come after.
 *
 * @param report where each turn is told
 * @param count how many turns each contestant has
 * @param seconds how long a turn is
 */
record Rounds(Report report, int count, double seconds) {
    /** What loads a contestant for a while. */
    interface Load {
        RegisterLoad.Seen run(double seconds) throws InterruptedException;
    }

    /** A contestant, its load, and what it has reached so far. */
    record Entrant(Contestant server, Load load, Turns turns) {
        Entrant(Contestant server, Load load) {
            this(server, load, new Turns(server.name()));
        }

        /** Since its process began; 0 when it has ended. */
        private double cpuSeconds() {
            try {
                return server.figures().cpuSeconds();
            } catch (IOException gone) {
                return 0;
            }
        }
    }

    /** Loads each of them for so long, of which nothing counts. */
    void warmUp(Object what, List<Entrant> entrants, double secondsForEach) throws InterruptedException {
        int turns = (int) Math.ceil(secondsForEach / seconds);
        for (int turn = 0; turn < turns; turn++) {
            for (Entrant each : inOrder(entrants, turn)) {
                double perSecond = each.load.run(secondsForEach / turns).perSecond();
                report.say(
                        "%s, %s, warming up, turn %d of %d: %.0f/s",
                        what, each.server.name(), turn + 1, turns, perSecond);
            }
        }
    }

    /** Loads each of them once a round. */
    void measure(Object what, List<Entrant> entrants) throws InterruptedException {
        for (int round = 0; round < count; round++) {
            for (Entrant each : inOrder(entrants, round)) {
                double cpu = each.cpuSeconds();
                RegisterLoad.Seen seen = each.load.run(seconds);
                each.turns.add(seen.perSecond(), seen.latencies());
                report.say(
                        "round %d, %s, %s: %.0f/s, %.0f µs of the server's CPU each, %d not answered with 200",
                        round + 1,
                        what,
                        each.server.name(),
                        seen.perSecond(),
                        (each.cpuSeconds() - cpu) / (seen.perSecond() * seconds) * 1e6,
                        seen.refused());
            }
        }
        report.table(
                List.of(what.toString(), "REGISTER/s, median", "all turns", "latency"),
                entrants.stream().map(each -> each.turns.row()).toList());
    }

    /** Nobody is always the first, and nobody always comes after the same one, whose last work would slow him down. */
    static <T> List<T> inOrder(List<T> entrants, int turn) {
        List<T> order = new ArrayList<>(entrants);
        Collections.rotate(order, turn);
        if (turn % 2 == 1) {
            Collections.reverse(order);
        }
        return order;
    }
}

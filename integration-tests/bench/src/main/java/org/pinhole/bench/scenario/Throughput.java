package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.scenario.Rounds.Entrant;
import org.pinhole.bench.server.Connector;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.SipContainer;

/**
 * REGISTER → 200 over TLS, ours beside both stock processors.
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

    private void measure(Bed bed, Phones phones, List<SipContainer> containers, RegisterCase load, double warmUp)
            throws InterruptedException {
        List<RegisterLoad> loads = new ArrayList<>();
        List<Entrant> entrants = new ArrayList<>();
        for (SipContainer each : containers) {
            RegisterLoad phonesOfEach =
                    new RegisterLoad(phones, each.address(), load.connections(), load.outstanding());
            loads.add(phonesOfEach);
            entrants.add(new Entrant(each, phonesOfEach::run));
        }
        Rounds inTurns = new Rounds(bed.report(), rounds, seconds);
        inTurns.warmUp(load, entrants, warmUp);
        inTurns.measure(load, entrants);
        tell(bed, entrants, load);
        loads.forEach(RegisterLoad::close);
    }

    private static void tell(Bed bed, List<Entrant> entrants, RegisterCase load) {
        double stock = 0;
        double ours = 0;
        for (Entrant each : entrants) {
            if (each.server().name().equals(Connector.PINHOLE.title())) {
                ours = each.turns().median();
            } else {
                stock = Math.max(stock, each.turns().median());
            }
        }
        bed.report()
                .verdict(
                        ours / stock >= load.target(),
                        String.format(
                                Locale.ROOT, "%s: at least %.1f times the better stock processor", load, load.target()),
                        String.format(Locale.ROOT, "%.2f times", ours / stock));
    }
}

package org.pinhole.bench.scenario;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.pinhole.bench.load.Phones;
import org.pinhole.bench.scenario.DigestLoad.Way;
import org.pinhole.bench.scenario.Rounds.Entrant;
import org.pinhole.bench.server.Authenticator;
import org.pinhole.bench.server.DigestSetup;
import org.pinhole.bench.server.KeyKind;
import org.pinhole.bench.server.SipContainer;

/**
 * Digest: what one verification costs, and how many phones a second register by it beside the container's own authenticator,
 * which checks neither nonce nor count nor realm nor uri.
 *
 * @param connections how many phones, each with one registration under way
 * @param rounds how many turns each contestant has per way of registering
 * @param seconds how long a turn is
 * @param warmUpSeconds what goes before both ways together, for each
 */
public record Digest(int connections, int rounds, double seconds, double warmUpSeconds) implements Scenario {
    @Override
    public void run(Bed bed) throws IOException, InterruptedException {
        new Verifications(bed.work(), bed.report()).run();
        Map<Authenticator, SipContainer> containers = new EnumMap<>(Authenticator.class);
        Map<Authenticator, DigestLoad> loads = new EnumMap<>(Authenticator.class);
        try (Phones phones = new Phones(bed.key(KeyKind.P_256).certificate(), 1, false)) {
            for (Authenticator each : Authenticator.values()) {
                SipContainer container =
                        DigestSetup.start(bed.parts(), bed.work(), each, bed.key(KeyKind.P_256), bed.jvmOptions());
                containers.put(each, container);
                loads.put(each, new DigestLoad(phones, container.address(), connections));
            }
            Rounds inTurns = new Rounds(bed.report(), rounds, seconds);
            for (Way way : Way.values()) {
                inTurns.warmUp(way, List.copyOf(entrants(containers, loads, way).values()), warmUpSeconds / 2);
            }
            for (Way way : Way.values()) {
                Map<Authenticator, Entrant> entrants = entrants(containers, loads, way);
                inTurns.measure(way + ", " + connections + " connections", List.copyOf(entrants.values()));
                verdict(bed, way, Authenticator.OURS, ratio(entrants, Authenticator.OURS));
                verdict(bed, way, Authenticator.REGISTRAR, ratio(entrants, Authenticator.REGISTRAR));
            }
            loads.values().forEach(DigestLoad::close);
        } finally {
            containers.values().forEach(SipContainer::close);
        }
    }

    private static Map<Authenticator, Entrant> entrants(
            Map<Authenticator, SipContainer> containers, Map<Authenticator, DigestLoad> loads, Way way) {
        Map<Authenticator, Entrant> entrants = new EnumMap<>(Authenticator.class);
        containers.forEach((who, container) -> {
            DigestLoad load = Objects.requireNonNull(loads.get(who));
            entrants.put(who, new Entrant(container, duration -> load.run(way, duration)));
        });
        return entrants;
    }

    private static double ratio(Map<Authenticator, Entrant> entrants, Authenticator whose) {
        return Objects.requireNonNull(entrants.get(whose))
                .turns()
                .medianRatio(Objects.requireNonNull(entrants.get(Authenticator.STOCK))
                        .turns());
    }

    private static void verdict(Bed bed, Way way, Authenticator who, double ratio) {
        bed.report()
                .verdict(
                        ratio >= 1,
                        way + ": " + who.title() + " not slower than the container's own authenticator",
                        String.format(Locale.ROOT, "%.2f times, the median of each round's", ratio));
    }
}

package org.pinhole.ue.ice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Foundations and priorities (RFC 8445 §5.1.1.3, §5.1.2); the earlier of two that are alike is preferred. */
final class Ranking {
    private record Place(Object base, IceTransport transport, Object address) {}

    private Ranking() {}

    /** What has the same address and base as an earlier one is left out (§5.1.3). */
    static List<LocalCandidate> of(List<Found> found) {
        List<LocalCandidate> ranked = new ArrayList<>();
        Map<String, String> foundations = new HashMap<>();
        Set<Place> taken = new HashSet<>();
        int other = Priority.MAX_OTHER;
        for (Found one : found) {
            if (!taken.add(new Place(one.base(), one.transport(), one.address()))) {
                continue;
            }
            String foundation =
                    foundations.computeIfAbsent(one.foundationKey(), key -> Integer.toString(foundations.size() + 1));
            long priority = Priority.of(one.type(), one.transport(), other--);
            Candidate candidate =
                    new Candidate(foundation, one.transport(), priority, one.address(), one.type(), one.related());
            ranked.add(new LocalCandidate(candidate, one.base()));
        }
        return ranked;
    }
}

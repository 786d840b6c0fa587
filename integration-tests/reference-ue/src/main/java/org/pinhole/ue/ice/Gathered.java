package org.pinhole.ue.ice;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What was gathered for one stream: candidates, the sockets behind them, and what became of servers that gave none. */
public final class Gathered {
    private final List<LocalCandidate> candidates;
    private final List<OpenBase> bases;
    private final List<String> refusals;

    Gathered(List<LocalCandidate> candidates, List<String> refusals) {
        this.candidates = List.copyOf(candidates);
        Set<OpenBase> distinct = new LinkedHashSet<>();
        candidates.forEach(one -> distinct.add((OpenBase) one.base()));
        this.bases = List.copyOf(distinct);
        this.refusals = List.copyOf(refusals);
    }

    List<LocalCandidate> candidates() {
        return candidates;
    }

    List<OpenBase> bases() {
        return bases;
    }

    /** Best first. */
    List<Candidate> described() {
        return candidates.stream()
                .map(LocalCandidate::candidate)
                .sorted(Comparator.comparingLong(Candidate::priority).reversed())
                .toList();
    }

    /** One line for each server or address that gave no candidate in time. */
    public List<String> refusals() {
        return refusals;
    }

    void closeAllBut(Object resource) {
        for (OpenBase base : bases) {
            if (base.resource() != resource) {
                try {
                    base.close();
                } catch (IOException e) {
                    // closed is what was wanted
                }
            }
        }
    }
}

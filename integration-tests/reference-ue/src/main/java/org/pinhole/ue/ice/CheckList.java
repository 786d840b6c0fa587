package org.pinhole.ue.ice;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pairs of one data stream, best first, and the queue of triggered checks (RFC 8445 §6.1.2, §6.1.4.1). */
final class CheckList {
    /** RFC 8445 §6.1.2.5. */
    static final int MAX_PAIRS = 100;

    private final List<CandidatePair> pairs = new ArrayList<>();
    private final Deque<CandidatePair> triggered = new ArrayDeque<>();

    List<CandidatePair> pairs() {
        return pairs;
    }

    /** Pairs what goes together, leaves out what repeats, and thaws one pair of each foundation (§6.1.2.2 to §6.1.2.6). */
    void form(List<LocalCandidate> locals, List<Candidate> remotes, boolean controlling) {
        for (LocalCandidate local : locals) {
            for (Candidate remote : remotes) {
                if (local.pairs() && fit(local.candidate(), remote) && find(local.base(), remote.address()) == null) {
                    pairs.add(new CandidatePair(local, remote));
                }
            }
        }
        sort(controlling);
        if (pairs.size() > MAX_PAIRS) {
            pairs.subList(MAX_PAIRS, pairs.size()).clear();
        }
        pairs.forEach(this::thawIfFirst);
    }

    private static boolean fit(Candidate local, Candidate remote) {
        boolean sameFamily = (local.address().getAddress() instanceof Inet4Address)
                == (remote.address().getAddress() instanceof Inet4Address);
        return sameFamily && remote.transport() == local.transport().counterpart();
    }

    void sort(boolean controlling) {
        pairs.sort(Comparator.comparingLong((CandidatePair pair) -> pair.priority(controlling))
                .reversed());
    }

    private void thawIfFirst(CandidatePair pair) {
        if (thaws(pair)) {
            pair.become(CandidatePair.State.WAITING);
        }
    }

    /** Whether nothing else of its foundation waits or is being checked (§6.1.4.2). */
    private boolean thaws(CandidatePair pair) {
        return pair.state() == CandidatePair.State.FROZEN
                && pairs.stream()
                        .noneMatch(other -> other.foundation().equals(pair.foundation())
                                && (other.state() == CandidatePair.State.WAITING
                                        || other.state() == CandidatePair.State.IN_PROGRESS));
    }

    /** One that succeeded speaks for all of its foundation (§7.2.5.3.3). */
    void thaw(String foundation) {
        for (CandidatePair pair : pairs) {
            if (pair.state() == CandidatePair.State.FROZEN && pair.foundation().equals(foundation)) {
                pair.become(CandidatePair.State.WAITING);
            }
        }
    }

    void add(CandidatePair pair, boolean controlling) {
        pairs.add(pair);
        sort(controlling);
    }

    @Nullable
    CandidatePair find(Base base, InetSocketAddress remote) {
        return pairs.stream()
                .filter(pair -> pair.joins(base, remote))
                .findFirst()
                .orElse(null);
    }

    void trigger(CandidatePair pair) {
        if (!triggered.contains(pair)) {
            triggered.add(pair);
        }
    }

    /** The next to check: triggered ones first, then the best that waits, then what can be thawed (§6.1.4.2). */
    @Nullable
    CandidatePair next() {
        CandidatePair first = triggered.poll();
        if (first != null) {
            return first;
        }
        CandidatePair waiting = waiting();
        if (waiting == null) {
            pairs.forEach(this::thawIfFirst);
            waiting = waiting();
        }
        return waiting;
    }

    /** Whether {@link #next} would find one. */
    boolean hasNext() {
        return !triggered.isEmpty()
                || pairs.stream().anyMatch(pair -> pair.state() == CandidatePair.State.WAITING || thaws(pair));
    }

    private @Nullable CandidatePair waiting() {
        return pairs.stream()
                .filter(pair -> pair.state() == CandidatePair.State.WAITING)
                .findFirst()
                .orElse(null);
    }

    /** The best that succeeded, or null. */
    @Nullable
    CandidatePair bestValid() {
        return pairs.stream()
                .filter(pair -> pair.state() == CandidatePair.State.SUCCEEDED)
                .findFirst()
                .orElse(null);
    }

    /** Whether something better may yet succeed. */
    boolean betterUnfinished(CandidatePair than) {
        for (CandidatePair pair : pairs) {
            if (pair == than) {
                return false;
            }
            if (pair.unfinished()) {
                return true;
            }
        }
        return false;
    }

    long unfinished() {
        return pairs.stream().filter(CandidatePair::unfinished).count();
    }

    /** Nothing more is checked (§8.1.2). */
    void stop() {
        triggered.clear();
        pairs.removeIf(
                pair -> pair.state() == CandidatePair.State.FROZEN || pair.state() == CandidatePair.State.WAITING);
    }
}

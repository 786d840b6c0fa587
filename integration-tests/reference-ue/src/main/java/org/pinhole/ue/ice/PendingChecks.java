package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.TransactionId;

/** The checks that wait for their answer. Lives on the agent's thread. */
final class PendingChecks {
    private final Map<TransactionId, CheckTransaction> pending = new LinkedHashMap<>();

    void add(CheckTransaction transaction) {
        pending.put(transaction.id(), transaction);
    }

    /** The one that this answers, which waits no longer; null for an answer to nothing. */
    @Nullable
    CheckTransaction take(TransactionId id) {
        return pending.remove(id);
    }

    /** Sends again what is due. */
    List<Outgoing> due(Instant now) {
        List<Outgoing> out = new ArrayList<>();
        for (CheckTransaction transaction : pending.values()) {
            Outgoing again = transaction.send(now);
            if (again != null) {
                out.add(again);
            }
        }
        return out;
    }

    /** Those that have waited long enough, which wait no longer. */
    List<CheckTransaction> over(Instant now) {
        List<CheckTransaction> over =
                pending.values().stream().filter(one -> one.over(now)).toList();
        over.forEach(one -> pending.remove(one.id()));
        return over;
    }

    /** Nothing of it is sent again. */
    void silence() {
        pending.values().forEach(CheckTransaction::silence);
    }

    void forget(CandidatePair pair) {
        pending.values().removeIf(transaction -> transaction.pair() == pair);
    }

    void clear() {
        pending.clear();
    }

    boolean isEmpty() {
        return pending.isEmpty();
    }

    /** When the next of them is due or over, or null. */
    @Nullable
    Instant next() {
        return pending.values().stream()
                .map(CheckTransaction::due)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** RFC 8445 §14.3: no sooner than half a second, and than every check that is still to come has had its turn. */
    static Duration rto(long unfinished) {
        Duration all = Pace.TA.multipliedBy(unfinished);
        Duration least = Duration.ofMillis(500);
        return all.compareTo(least) > 0 ? all : least;
    }
}

package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.TransactionId;

/** One check on its way: when it is sent again, and when it has failed (RFC 8445 §14.3, RFC 8489 §6.2). */
final class CheckTransaction {
    private static final int SENDS = 7;
    private static final int LAST_WAIT = 16;
    /** Over a connection, RFC 8489's Ti. */
    static final Duration RELIABLE = Duration.ofMillis(39_500);

    private final TransactionId id;
    private final CandidatePair pair;
    private final Check check;
    private final byte[] octets;
    private final Duration rto;
    private int sent;
    private Instant due;

    CheckTransaction(TransactionId id, CandidatePair pair, Check check, byte[] octets, Duration rto, Instant now) {
        this.id = id;
        this.pair = pair;
        this.check = check;
        this.octets = octets;
        this.rto = rto;
        this.due = now;
    }

    TransactionId id() {
        return id;
    }

    CandidatePair pair() {
        return pair;
    }

    Check check() {
        return check;
    }

    Instant due() {
        return due;
    }

    boolean over(Instant now) {
        return sent >= sends() && !now.isBefore(due);
    }

    private int sends() {
        return pair.base().reliable() ? 1 : SENDS;
    }

    /** What to send now, or null when nothing is due. */
    @Nullable
    Outgoing send(Instant now) {
        if (now.isBefore(due) || sent >= sends()) {
            return null;
        }
        sent++;
        due = now.plus(wait(sent));
        return new Outgoing(pair.base(), pair.remote().address(), octets.clone());
    }

    /** Nothing is sent again, but an answer still counts until it would have been over (RFC 8445 §8.1.2). */
    void silence() {
        if (sent < sends()) {
            sent = sends();
            due = due.plus(rto.multipliedBy(LAST_WAIT));
        }
    }

    private Duration wait(int number) {
        if (pair.base().reliable()) {
            return RELIABLE;
        }
        return rto.multipliedBy(number == SENDS ? LAST_WAIT : 1L << (number - 1));
    }
}

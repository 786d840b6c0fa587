package org.pinhole.ue.turn;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;

/** Requests on their way, from any threads: each caller's thread sends and waits, the wire's reader hands answers in. */
final class Transactions {
    private final TurnWire wire;
    private final RandomGenerator random;
    private final Patience patience;
    private final Map<TransactionId, ClientTransaction> pending = new ConcurrentHashMap<>();
    private volatile @Nullable String ended;

    Transactions(TurnWire wire, RandomGenerator random, Patience patience) {
        this.wire = wire;
        this.random = random;
        this.patience = patience;
    }

    /** Sends until an answer counts, success or error; over UDP again and again (RFC 8489 §6.2.1). */
    StunMessage exchange(StunMethod method, List<Attribute> attributes, @Nullable LongTermAuthentication authentication)
            throws IOException {
        ClientTransaction transaction = start(method, attributes, authentication);
        try {
            for (Duration wait : Retransmission.waits(wire.reliable())) {
                wire.send(transaction.frame());
                StunMessage answer = patience.await(transaction.answer(), wait);
                if (answer != null) {
                    return answer;
                }
            }
            throw new TurnException(transaction.nothing());
        } finally {
            pending.remove(transaction.id());
        }
    }

    private ClientTransaction start(
            StunMethod method, List<Attribute> attributes, @Nullable LongTermAuthentication authentication) {
        ClientTransaction transaction =
                new ClientTransaction(method, TransactionId.random(random), attributes, authentication);
        pending.put(transaction.id(), transaction);
        String reason = ended;
        if (reason != null) {
            transaction.fail(new TurnException(reason));
        }
        return transaction;
    }

    /** The bytes of a request that nobody waits for. */
    byte[] unanswered(StunMethod method, List<Attribute> attributes, LongTermAuthentication authentication) {
        return new ClientTransaction(method, TransactionId.random(random), attributes, authentication).frame();
    }

    void take(StunMessage answer) {
        ClientTransaction waiting = pending.get(answer.transactionId());
        if (waiting != null) {
            waiting.take(answer);
        }
    }

    void ended(String reason) {
        ended = reason;
        pending.values().forEach(waiting -> waiting.fail(new TurnException(reason)));
    }
}

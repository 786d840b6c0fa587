package org.pinhole.ue.ice;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.pinhole.stun.TransactionId;

/** Makes the checks of one agent to one far end (RFC 8445 §7.1). One thread. */
final class CheckMaker {
    private final IceCredentials remote;
    private final String username;
    private final Role role;
    private final RandomGenerator random;

    CheckMaker(IceCredentials local, IceCredentials remote, Role role, RandomGenerator random) {
        this.remote = remote;
        this.username = remote.fragment() + ":" + local.fragment();
        this.role = role;
        this.random = random;
    }

    IceCredentials remote() {
        return remote;
    }

    CheckTransaction check(CandidatePair pair, boolean nominates, Duration rto, Instant now) {
        TransactionId id = TransactionId.random(random);
        Check check = of(pair, nominates);
        return new CheckTransaction(id, pair, check, CheckCodec.request(id, check, remote.key()), rto, now);
    }

    /** Asks whether a pair is still wanted (RFC 7675 §5.1): a check like any other, but never sent twice. */
    Outgoing consent(CandidatePair pair, Consent consent, Instant now) {
        TransactionId id = TransactionId.random(random);
        consent.asked(id, now);
        byte[] octets = CheckCodec.request(id, of(pair, false), remote.key());
        return new Outgoing(pair.base(), pair.remote().address(), octets);
    }

    private Check of(CandidatePair pair, boolean nominates) {
        long priority = Priority.peerReflexive(pair.checked().candidate());
        return new Check(username, priority, role.controlling(), role.tieBreaker(), nominates);
    }
}

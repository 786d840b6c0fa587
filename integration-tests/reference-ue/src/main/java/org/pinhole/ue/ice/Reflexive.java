package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Candidates that nobody described: learned from checks and their answers (RFC 8445 §7.2.5.3.1, §7.3.1.3). One thread. */
final class Reflexive {
    private final List<LocalCandidate> locals;
    private int learned;

    Reflexive(List<LocalCandidate> locals) {
        this.locals = locals;
    }

    /** A pair with the far end at an address that it did not name; null where nothing of ours is at that base. */
    @Nullable
    CandidatePair pair(Base base, InetSocketAddress from, long priority) {
        for (LocalCandidate at : locals) {
            if (at.base() == base && at.candidate().type() != CandidateType.SERVER_REFLEXIVE) {
                IceTransport transport = at.candidate().transport().counterpart();
                return new CandidatePair(at, candidate(transport, priority, from, null));
            }
        }
        return null;
    }

    /** Our own candidate at the mapped address, or one that nobody told us of. */
    Candidate seenAs(CandidatePair pair, InetSocketAddress mapped, long priority) {
        for (LocalCandidate one : locals) {
            if (one.base() == pair.base() && one.candidate().at(mapped)) {
                return one.candidate();
            }
        }
        Candidate checked = pair.checked().candidate();
        return candidate(checked.transport(), priority, mapped, checked.address());
    }

    private Candidate candidate(
            IceTransport transport, long priority, InetSocketAddress address, @Nullable InetSocketAddress related) {
        return new Candidate("prflx" + ++learned, transport, priority, address, CandidateType.PEER_REFLEXIVE, related);
    }
}

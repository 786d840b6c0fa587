package org.pinhole.ue.ice;

/** A candidate of ours with the base that it is reached at. */
public record LocalCandidate(Candidate candidate, Base base) {
    /** Whether checks are sent from it: those from a server-reflexive address leave from its base (RFC 8445 §6.1.2.4). */
    boolean pairs() {
        return candidate.type() != CandidateType.SERVER_REFLEXIVE
                && candidate.type() != CandidateType.PEER_REFLEXIVE
                && candidate.transport() != IceTransport.TCP_PASSIVE;
    }
}

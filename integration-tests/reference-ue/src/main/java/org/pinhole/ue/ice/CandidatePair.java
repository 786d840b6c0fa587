package org.pinhole.ue.ice;

import java.net.InetSocketAddress;

/** A local and a remote candidate that may reach each other (RFC 8445 §6.1.2). Lives on the agent's thread. */
public final class CandidatePair {
    /** RFC 8445 §6.1.2.6. */
    public enum State {
        FROZEN,
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    private final LocalCandidate local;
    private final Candidate remote;
    private State state = State.FROZEN;
    private Candidate valid;
    private boolean nominated;

    CandidatePair(LocalCandidate local, Candidate remote) {
        this.local = local;
        this.remote = remote;
        this.valid = local.candidate();
    }

    public Base base() {
        return local.base();
    }

    LocalCandidate checked() {
        return local;
    }

    /** Our candidate as the far end sees it; peer-reflexive where something on the way translates. */
    public Candidate local() {
        return valid;
    }

    public Candidate remote() {
        return remote;
    }

    public State state() {
        return state;
    }

    void become(State next) {
        state = next;
    }

    void validAs(Candidate seen) {
        valid = seen;
    }

    /** Whether either side goes through a relay. */
    public boolean relayed() {
        return valid.type() == CandidateType.RELAYED || remote.type() == CandidateType.RELAYED;
    }

    String foundation() {
        return local.candidate().foundation() + ":" + remote.foundation();
    }

    long priority(boolean controlling) {
        long ours = local.candidate().priority();
        return controlling ? Priority.ofPair(ours, remote.priority()) : Priority.ofPair(remote.priority(), ours);
    }

    /** Whether the far end, or we, asked for this one. */
    boolean nominated() {
        return nominated;
    }

    void nominate() {
        nominated = true;
    }

    boolean unfinished() {
        return state == State.FROZEN || state == State.WAITING || state == State.IN_PROGRESS;
    }

    boolean joins(Base base, InetSocketAddress from) {
        return local.base() == base && remote.address().equals(from);
    }

    @Override
    public String toString() {
        return valid + " to " + remote;
    }
}

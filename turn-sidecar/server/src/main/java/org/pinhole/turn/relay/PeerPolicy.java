package org.pinhole.turn.relay;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Which peers clients may reach now. Asked on every event loop, replaced as a whole on any thread. */
public final class PeerPolicy {
    private volatile PeerRules rules;

    public PeerPolicy(PeerRules first) {
        this.rules = first;
    }

    /** Other rules, for what is asked from now on. */
    public void set(PeerRules next) {
        rules = next;
    }

    /** Whether a peer at the address may be reached. */
    public boolean permits(InetAddress peer) {
        return rules.permits(peer);
    }

    /** Whether the port may be reached there; asked beside {@link #permits(InetAddress)}. */
    public boolean permits(InetSocketAddress peer) {
        return rules.permits(peer);
    }
}

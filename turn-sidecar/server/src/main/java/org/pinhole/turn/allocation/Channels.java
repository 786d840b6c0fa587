package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The channels of an allocation: one number for one peer, both ways (RFC 8656 §12). */
final class Channels {
    /** A channel and when it ends. */
    private static final class Binding {
        final int number;
        final InetSocketAddress peer;
        long expiry;

        Binding(int number, InetSocketAddress peer) {
            this.number = number;
            this.peer = peer;
        }
    }

    static final int NONE = -1;

    private final Map<Integer, Binding> byNumber = new HashMap<>();
    private final Map<InetSocketAddress, Binding> byPeer = new HashMap<>();

    /** Whether the pair is new on both sides or already bound as it is. */
    boolean mayBind(int number, InetSocketAddress peer) {
        Binding binding = byNumber.get(number);
        return binding == null ? !byPeer.containsKey(peer) : binding.peer.equals(peer);
    }

    void bind(int number, InetSocketAddress peer, long now) {
        Binding binding = byNumber.computeIfAbsent(number, n -> new Binding(n, peer));
        byPeer.put(peer, binding);
        binding.expiry = now + Lifetimes.CHANNEL_NANOS;
    }

    @Nullable
    InetSocketAddress findPeer(int number, long now) {
        Binding binding = byNumber.get(number);
        return binding == null || binding.expiry - now <= 0 ? null : binding.peer;
    }

    int findNumber(InetSocketAddress peer, long now) {
        Binding binding = byPeer.get(peer);
        return binding == null || binding.expiry - now <= 0 ? NONE : binding.number;
    }

    boolean isEmpty() {
        return byNumber.isEmpty();
    }

    int size() {
        return byNumber.size();
    }

    void removeExpired(long now) {
        for (Iterator<Binding> all = byNumber.values().iterator(); all.hasNext(); ) {
            Binding binding = all.next();
            if (binding.expiry - now <= 0) {
                all.remove();
                byPeer.remove(binding.peer);
            }
        }
    }
}

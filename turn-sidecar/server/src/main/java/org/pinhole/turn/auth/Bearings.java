package org.pinhole.turn.auth;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a request from where it came, before it has proved anything.
 *
 * @param nonceSources the addresses to which its nonce may have been issued, first that which it came from
 * @param remembered the user who already proved to own what the request is about; not looked up again unless
 * @param recheck it shall be looked up whether that user may still use the server
 * @param spareName asked when the source has had its share of look-ups: whether a name that may be this user's is looked up
 *     nevertheless
 * @param spareRecheck the same for this user himself, who has proved to be it
 */
public record Bearings(
        List<InetSocketAddress> nonceSources,
        @Nullable User remembered,
        boolean recheck,
        BooleanSupplier spareName,
        BooleanSupplier spareRecheck) {
    public Bearings {
        nonceSources = List.copyOf(nonceSources);
    }

    /** Of whom nothing is to be looked up again and nothing spared. */
    public static Bearings of(List<InetSocketAddress> nonceSources, @Nullable User remembered) {
        return new Bearings(nonceSources, remembered, false, () -> false, () -> false);
    }

    /** Where the request came from. */
    InetAddress source() {
        return nonceSources.get(0).getAddress();
    }
}

package org.pinhole.turn.request;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.FiveTuple;

/**
 * Whether an authenticated client may have a new allocation here: the place for drain and load (RFC 8489 §10). Asked on
 * every event loop at once, for Allocate requests of five-tuples that have no allocation; what runs goes on.
 */
@FunctionalInterface
public interface Admission {
    Admission ALWAYS = fiveTuple -> new Admitted();

    Decision decide(FiveTuple fiveTuple);

    /** The same when it would be served if only there were room. */
    default Decision whenFull(FiveTuple fiveTuple) {
        return new Refused();
    }

    /** What becomes of the request. */
    sealed interface Decision {}

    /** It is served. */
    record Admitted() implements Decision {}

    /**
     * 300: the client shall try there. Only an address of the family that the client came with is ever sent; with a
     * {@code domain} the certificate of the other server is checked against it (RFC 8489 §14.16).
     */
    record Redirected(InetSocketAddress address, @Nullable String domain) implements Decision {}

    /** 508: neither here nor elsewhere. */
    record Refused() implements Decision {}
}

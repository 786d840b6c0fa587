package org.pinhole.turn.auth;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How many users a network (IPv4 /24, IPv6 /56) may have looked up that has proved nothing but where it is: so many at
 * once, and so many a second. Whoever invents names gets no more of the user store than that, and leaves the rest of it to
 * others. From any thread.
 */
public final class LookUpLimit {
    /** Far fewer than a look-up lets wait in all, far more than one office asks for at once. */
    static final int AT_ONCE = 64;

    private final Predicate<InetAddress> rate;
    private final ConcurrentMap<ByteBuffer, Integer> inFlight = new ConcurrentHashMap<>();

    /** {@code rate} says whether a source may ask once more now. */
    public LookUpLimit(Predicate<InetAddress> rate) {
        this.rate = rate;
    }

    /** Asks on behalf of the source; null, and not asked, when it has had its share. */
    @Nullable
    CompletableFuture<KeyAnswer> ask(InetAddress source, Supplier<CompletableFuture<KeyAnswer>> question) {
        ByteBuffer network = network(source);
        if (inFlight.merge(network, 1, Integer::sum) > AT_ONCE || !rate.test(source)) {
            leave(network);
            return null;
        }
        return question.get().whenComplete((answer, never) -> leave(network));
    }

    private void leave(ByteBuffer network) {
        inFlight.computeIfPresent(network, (same, count) -> count == 1 ? null : count - 1);
    }

    private static ByteBuffer network(InetAddress source) {
        byte[] bytes = source.getAddress();
        return ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length == 4 ? 3 : 7));
    }
}

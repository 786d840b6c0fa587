package org.pinhole.api.spi;

import java.util.List;

/**
 * What flow tokens are made and checked with (RFC 5626 §5.2). Found by {@link java.util.ServiceLoader} in the container's own
 * library folder; without one, keys are kept in a file.
 *
 * <p>A token that carries a right MAC is ours, whatever became of its connection: if that is not open here, the answer is
 * 430. All else is forged, and answered 403. So keep the secrets of keys that are used no more, for as long as somebody may
 * still have a token made with them: a registration's or a call's life. A stolen one of these is good for nothing but a 430.
 *
 * <p>Both methods are called for each token, by any thread, and answer from memory.
 */
public interface FlowTokenKeys {
    /** The octets in {@link #node}. */
    int NODE_LENGTH = 4;

    /** The name of this node among all that share the keys, {@value #NODE_LENGTH} octets; the same after a restart. */
    byte[] node();

    /** The key that makes tokens, and after it those that only check them; never empty, each number once. */
    List<FlowTokenKey> keys();
}

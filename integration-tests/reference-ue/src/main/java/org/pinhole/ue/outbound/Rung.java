package org.pinhole.ue.outbound;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.TunnelRoute;

/** One way to an edge. Blocks while it is tried. */
interface Rung {
    /** Such as {@code TLS 5061}. */
    String name();

    /** Tries it; throws one line of why it does not stand. */
    Tried attempt() throws IOException;

    /**
     * A rung that stands.
     *
     * @param seen what was found, one line
     * @param route how to go this way, or null where this UE can look but not register
     */
    record Tried(String seen, @Nullable TunnelRoute route) {}
}

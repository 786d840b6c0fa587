package org.pinhole.turn.relay;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A port of a relay address that nobody else gets until it is released; may be released on any thread, more than once. */
public final class PortLease {
    private final RelayAddress address;
    private final int port;
    private final Runnable giveBack;
    private final AtomicBoolean released = new AtomicBoolean();

    PortLease(RelayAddress address, int port, Runnable giveBack) {
        this.address = address;
        this.port = port;
        this.giveBack = giveBack;
    }

    RelayAddress address() {
        return address;
    }

    int port() {
        return port;
    }

    /** What {@code use} makes of it; if that is nothing, or an exception, the port is released. */
    <T> @Nullable T releasedUnless(Supplier<@Nullable T> use) {
        T made = null;
        try {
            made = use.get();
            return made;
        } finally {
            if (made == null) {
                release();
            }
        }
    }

    public void release() {
        if (released.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}

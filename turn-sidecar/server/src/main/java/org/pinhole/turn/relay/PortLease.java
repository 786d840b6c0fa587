package org.pinhole.turn.relay;

import java.util.concurrent.atomic.AtomicBoolean;

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

    public void release() {
        if (released.compareAndSet(false, true)) {
            giveBack.run();
        }
    }
}

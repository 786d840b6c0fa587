package org.pinhole.connector.limit;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** What one connection holds of its connector's {@link Occupancy}, from accept to close. Any thread. */
public final class Place {
    private final Occupancy occupancy;
    private final InetAddress source;
    private final @Nullable Full refusal;
    private boolean inHandshake;
    private boolean held;

    Place(Occupancy occupancy, InetAddress source, @Nullable Full refusal) {
        this.occupancy = occupancy;
        this.source = source;
        this.refusal = refusal;
        this.inHandshake = refusal == null;
        this.held = refusal == null;
    }

    /** Why there is no place; null when there is. */
    public @Nullable Full refusal() {
        return refusal;
    }

    /** The connection has become a flow. */
    public synchronized void handshakeOver() {
        if (inHandshake) {
            inHandshake = false;
            occupancy.handshakeOver(source);
        }
    }

    /** The connection is gone. */
    public synchronized void leave() {
        handshakeOver();
        if (held) {
            held = false;
            occupancy.leave(source);
        }
    }
}

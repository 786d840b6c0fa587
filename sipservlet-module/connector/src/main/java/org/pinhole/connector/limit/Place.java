package org.pinhole.connector.limit;

import java.net.InetAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one connection holds of its connector's {@link Occupancy}, from accept to close. Any thread. */
public final class Place {
    private final Occupancy occupancy;
    private final InetAddress source;
    private final Consumer<Full> makeRoom;

    /** Guarded, as all that changes, by the occupancy. */
    private Stage stage = Stage.NONE;

    private @Nullable Full refusal;

    /** How far a connection has come. */
    enum Stage {
        /** It has no place, or none any more. */
        NONE,
        /** No flow yet. */
        HANDSHAKE,
        /** A flow with nobody known on it. */
        STRANGER,
        /** A flow with somebody known on it. */
        KNOWN
    }

    Place(Occupancy occupancy, InetAddress source, Consumer<Full> makeRoom) {
        this.occupancy = occupancy;
        this.source = source;
        this.makeRoom = makeRoom;
    }

    /** Why there is no place; null when there is. */
    public @Nullable Full refusal() {
        return refusal;
    }

    void refused(Full reason) {
        refusal = reason;
    }

    InetAddress source() {
        return source;
    }

    Stage stage() {
        return stage;
    }

    void reached(Stage next) {
        stage = next;
    }

    /** Has the connection closed. Its place is gone already; the occupancy's lock is not held. */
    void makeRoom(Full reason) {
        makeRoom.accept(reason);
    }

    /** The connection has become a flow. */
    public void handshakeOver() {
        occupancy.handshakeOver(this);
    }

    /** Somebody is known on the flow: it never has to make room again. */
    public void known() {
        occupancy.known(this);
    }

    /** The connection is gone. */
    public void leave() {
        occupancy.leave(this);
    }
}

package org.pinhole.connector.limit;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one connection holds of its connector's {@link Occupancy}, from accept to close. Any thread. */
public final class Place {
    private final Occupancy occupancy;
    private final Network source;
    private final Consumer<Full> makeRoom;
    private final long number;

    /** Guarded, as all that changes, by the occupancy. */
    private Stage stage = Stage.NONE;

    /** When it last came a step further, by the occupancy's clock. */
    private long since;

    private boolean awaitsItsTurn;

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

    /** @param number tells it from all others, and later ones from earlier ones */
    Place(Occupancy occupancy, Network source, long number, Consumer<Full> makeRoom) {
        this.number = number;
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

    Network source() {
        return source;
    }

    Stage stage() {
        return stage;
    }

    void reached(Stage next) {
        stage = next;
    }

    long number() {
        return number;
    }

    long since() {
        return since;
    }

    void since(long now) {
        since = now;
    }

    boolean awaitsItsTurn() {
        return awaitsItsTurn;
    }

    void awaitsItsTurnNow(boolean awaits) {
        awaitsItsTurn = awaits;
    }

    /** Has the connection closed. Its place is gone already; the occupancy's lock is not held. */
    void makeRoom(Full reason) {
        makeRoom.accept(reason);
    }

    /** It has come a step further, by what a connection says that means it: a ClientHello, a flow's first request. */
    public void advanced() {
        occupancy.advanced(this);
    }

    /** What it has said waits for us, or does no more: for as long as it does, the connection is not the one that stalls. */
    public void awaitsItsTurn(boolean awaits) {
        occupancy.awaitsItsTurn(this, awaits);
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

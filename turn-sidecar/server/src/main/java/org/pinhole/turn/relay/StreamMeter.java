package org.pinhole.turn.relay;

/** Who counts and slows a pair of spliced connections; called on the event loop of the peer's side, but for the pause. */
public interface StreamMeter {

    /** So many bytes are on their way to the peer. */
    void toPeer(int bytes);

    /** So many bytes came from the peer. */
    void toClient(int bytes);

    /** For how long nothing more may be read after so many bytes, in nanoseconds; called on either side's event loop. */
    long pauseNanos(int bytes);
}

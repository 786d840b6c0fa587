package org.pinhole.turn.request;

import org.pinhole.stun.StunMethod;

/** Who is told what became of requests: the metrics. Called on every event loop at once; never blocks. */
public interface RequestEvents {

    /** The request did what it asked for. */
    void succeeded(StunMethod method);

    /** It was answered with an error. */
    void refused(StunMethod method, int code);

    /** It would have been answered with an error, but its source has had its share of those. */
    void unanswered(StunMethod method);
}

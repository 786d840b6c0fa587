package org.pinhole.app.turn;

import org.jspecify.annotations.Nullable;

/** Keeps an eye on TURN servers. */
public interface TurnWatch {
    /** From now on watches that server; without one there is nothing to see, and it is taken to be there. */
    Reachable watch(@Nullable HostPort server);
}

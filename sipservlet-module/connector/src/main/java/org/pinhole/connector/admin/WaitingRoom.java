package org.pinhole.connector.admin;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control port's connections that have not shown the token. There are so many at most; one more, and the one that has
 * waited longest goes: whoever has the token shows it at once, so nobody can keep an operator out by being there. Any thread.
 */
final class WaitingRoom {
    static final int SEATS = 16;
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

    private final Deque<Channel> waiting = new ArrayDeque<>(SEATS + 1);

    /** From accept on. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    void enter(Channel connection) {
        Channel longest = null;
        synchronized (this) {
            waiting.addLast(connection);
            if (waiting.size() > SEATS) {
                longest = waiting.removeFirst();
            }
        }
        connection.closeFuture().addListener(closed -> leave(connection));
        if (longest != null) {
            LOG.debug("control connection closed: {} others came after it", SEATS);
            longest.close();
        }
    }

    /** It has shown the token, or is gone. */
    synchronized void leave(Channel connection) {
        waiting.remove(connection);
    }
}

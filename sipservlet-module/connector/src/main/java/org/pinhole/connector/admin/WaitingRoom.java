package org.pinhole.connector.admin;

import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control port's connections that have not shown the token. There are so many at most; one more, and any of them goes.
 * Whoever has the token shows it within the time that a few connections take, so that another user of the host who opens them
 * without end has to be lucky each time to keep an operator out; were it the oldest that goes, he would only have to be quick.
 * Any thread.
 */
final class WaitingRoom {
    static final int SEATS = 256;
    private static final Logger LOG = LoggerFactory.getLogger(WaitingRoom.class);

    private final IntUnaryOperator random;
    private final List<Channel> waiting = new ArrayList<>();

    /** @param random a number from 0 to below its argument, evenly */
    WaitingRoom(IntUnaryOperator random) {
        this.random = random;
    }

    /** From accept on. */
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    void enter(Channel connection) {
        Channel unlucky = null;
        synchronized (this) {
            if (waiting.size() == SEATS) {
                unlucky = waiting.remove(random.applyAsInt(SEATS));
            }
            waiting.add(connection);
        }
        connection.closeFuture().addListener(closed -> leave(connection));
        if (unlucky != null) {
            LOG.debug("control connection closed: {} others wait", SEATS);
            unlucky.close();
        }
    }

    /** It has shown the token, or is gone. */
    synchronized void leave(Channel connection) {
        waiting.remove(connection);
    }
}

package org.pinhole.turn.relay;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/**
 * What a listener does that cannot accept, because descriptors have run out: the kernel would go on saying that somebody knocks,
 * so it is not asked for a second.
 */
public final class AcceptPause {
    public static final long SECONDS = 1;

    private AcceptPause() {}

    /** On the listener's event loop. */
    @SuppressWarnings("FutureReturnValueIgnored") // it runs, or the loop has ended
    public static void begin(Channel listener) {
        listener.config().setAutoRead(false);
        listener.eventLoop().schedule(() -> end(listener), SECONDS, TimeUnit.SECONDS);
    }

    private static void end(Channel listener) {
        if (listener.isOpen()) {
            listener.config().setAutoRead(true);
        }
    }
}

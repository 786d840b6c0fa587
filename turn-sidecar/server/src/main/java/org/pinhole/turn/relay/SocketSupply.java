package org.pinhole.turn.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pinhole.stun.StunException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the sockets of relays, whole or not at all. When there are none, because descriptors have run out, it says so once, and
 * once that it is over. Shared by all event loops.
 */
final class SocketSupply {
    private static final Logger LOG = LoggerFactory.getLogger(SocketSupply.class);

    private final AtomicBoolean troubled = new AtomicBoolean();

    /**
     * A new unregistered channel with its options set.
     *
     * @throws StunException 508 when there is none
     */
    <C extends Channel> C make(Supplier<C> sockets, Consumer<C> options) {
        try {
            C channel = prepared(sockets.get(), options);
            if (troubled.compareAndSet(true, false)) {
                LOG.info("relays have sockets again");
            }
            return channel;
        } catch (ChannelException e) {
            String why = String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
            if (troubled.compareAndSet(false, true)) {
                LOG.warn(
                        "no socket for a relay ({}), clients get 508; raise the limit of open files (LimitNOFILE, ulimit -n)",
                        why);
            }
            throw new StunException(508, "no socket for a relay: " + why);
        }
    }

    private static <C extends Channel> C prepared(C channel, Consumer<C> options) {
        try {
            options.accept(channel);
            return channel;
        } catch (RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }
}

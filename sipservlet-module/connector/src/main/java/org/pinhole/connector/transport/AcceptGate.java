package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands where connections are accepted, on the listening channel's event loop. One that is refused here has cost an accept,
 * an alert and a close. A failing accept, out of file descriptors above all, makes a pause instead of a busy loop, and never an end;
 * it is said once, and once more when it is over.
 */
final class AcceptGate extends ChannelInboundHandlerAdapter {
    static final int PAUSE_MILLIS = 500;
    static final int RECOVERED_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(AcceptGate.class);

    private final ConnectorAddress connector;
    private final Predicate<Channel> entrance;
    private final Consumer<Channel> lastWord;
    private boolean failing;
    private long failures;

    /**
     * Of one connector.
     *
     * @param entrance whether a connection may come in
     * @param lastWord says to one that may not what can be said to a connection that no event loop has yet
     */
    AcceptGate(ConnectorAddress connector, Predicate<Channel> entrance, Consumer<Channel> lastWord) {
        this.lastWord = lastWord;
        this.connector = connector;
        this.entrance = entrance;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object accepted) {
        Channel connection = (Channel) accepted;
        boolean admitted = false;
        try {
            admitted = entrance.test(connection);
        } finally {
            if (!admitted) {
                lastWord.accept(connection);
                connection.unsafe().closeForcibly(); // not registered yet, so there is no pipeline to close it through
            }
        }
        if (admitted) {
            context.fireChannelRead(connection);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // what is scheduled throws nothing, and a loop that ends drops it
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        if (!(fault instanceof IOException)) { // ours, about one connection: no reason to keep all others waiting
            LOG.error("connector " + connector + ": a connection could not be let in", fault);
            return;
        }
        long mine = ++failures;
        if (!failing) {
            failing = true;
            LOG.warn(
                    "connector {}: connections cannot be accepted: {}; trying again every {} ms. If these are file"
                            + " descriptors, raise LimitNOFILE or ulimit -n",
                    new Object[] {connector, fault.getMessage(), PAUSE_MILLIS});
        }
        context.channel().config().setAutoRead(false);
        context.executor().schedule(() -> resume(context.channel(), mine), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Only from here on can an accept fail again, and whether it does tells whether it is over. */
    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void resume(Channel listening, long failure) {
        if (listening.isOpen()) {
            listening.config().setAutoRead(true);
            listening
                    .eventLoop()
                    .schedule(() -> recoveredUnless(failures != failure), RECOVERED_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void recoveredUnless(boolean failedAgain) {
        if (!failedAgain) {
            failing = false;
            LOG.info("connector {}: connections are accepted again", connector);
        }
    }
}

package org.pinhole.connector.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the control port: one line with the token in time, one answer. The command runs apart from the event
 * loops, because it may wait for them.
 */
final class ControlConversation extends SimpleChannelInboundHandler<String> {
    static final int PATIENCE_SECONDS = 5;
    private static final Logger LOG = LoggerFactory.getLogger(ControlConversation.class);

    private final Predicate<String> isToken;
    private final Function<String, String> commands;
    private final WaitingRoom waiting;
    private @Nullable Future<?> deadline;
    private boolean asked;

    ControlConversation(Predicate<String> isToken, Function<String, String> commands, WaitingRoom waiting) {
        this.isToken = isToken;
        this.commands = commands;
        this.waiting = waiting;
    }

    /** From the start and for the whole line, however it drips. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(
                        () -> close(context, "no line within " + PATIENCE_SECONDS + " s"),
                        PATIENCE_SECONDS,
                        TimeUnit.SECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancelDeadline();
    }

    private void cancelDeadline() {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, String line) {
        int space = line.indexOf(' ');
        if (asked || space < 0 || !isToken.test(line.substring(0, space))) {
            close(context, "no token, or a wrong one");
            return;
        }
        asked = true;
        cancelDeadline();
        waiting.leave(context.channel());
        String command = line.substring(space + 1);
        GlobalEventExecutor.INSTANCE.execute(() -> answer(context, command));
    }

    private void answer(ChannelHandlerContext context, String command) {
        String text;
        try {
            text = commands.apply(command);
        } catch (RuntimeException refused) {
            text = "error: " + refused.getMessage();
        }
        context.writeAndFlush(Unpooled.copiedBuffer(text + "\n", StandardCharsets.UTF_8))
                .addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        close(context, fault instanceof IOException ? String.valueOf(fault.getMessage()) : fault.toString());
    }

    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
    private static void close(ChannelHandlerContext context, String words) {
        LOG.debug("control connection closed: {}", words);
        context.close();
    }
}

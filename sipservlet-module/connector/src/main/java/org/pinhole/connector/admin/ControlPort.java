package org.pinhole.connector.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Function;
import org.pinhole.connector.transport.EventLoops;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How {@code bin/pinhole} reaches this JVM: one line {@code TOKEN COMMAND} over a loopback connection, answered with lines
 * until it closes. Runs on the connectors' event loops; a command runs apart from them, because it may wait for them.
 */
final class ControlPort implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPort.class);
    private static final int LONGEST_LINE = 256;
    private static final int PATIENCE_SECONDS = 5;

    private final Channel server;
    private final ControlFile file;

    private ControlPort(Channel server, ControlFile file) {
        this.server = server;
        this.file = file;
    }

    /**
     * Listens on a free port of the loopback address and says in the folder which.
     *
     * @param commands gives the answer to a command
     */
    static ControlPort open(EventLoops loops, File folder, Function<String, String> commands) throws IOException {
        Handshake handshake = new Handshake(commands);
        Channel server = loops.listen(
                new ServerBootstrap().childHandler(handshake),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try {
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            ControlFile file = ControlFile.write(folder, port, new SecureRandom());
            handshake.file = file;
            return new ControlPort(server, file);
        } catch (IOException unwritable) {
            server.close().awaitUninterruptibly();
            throw unwritable;
        }
    }

    @Override
    public void close() {
        file.delete();
        server.close().awaitUninterruptibly();
    }

    /** Sets up each connection. */
    private static final class Handshake extends ChannelInitializer<Channel> {
        private final Function<String, String> commands;
        private volatile ControlFile file;

        @SuppressWarnings("NullAway.Init") // nobody knows the port before the file is there
        Handshake(Function<String, String> commands) {
            this.commands = commands;
        }

        @Override
        protected void initChannel(Channel channel) {
            channel.pipeline()
                    .addLast(new ReadTimeoutHandler(PATIENCE_SECONDS))
                    .addLast(new LineBasedFrameDecoder(LONGEST_LINE))
                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                    .addLast(new Answering());
        }

        private final class Answering extends SimpleChannelInboundHandler<String> {
            private boolean asked;

            @Override
            protected void channelRead0(ChannelHandlerContext context, String line) {
                int space = line.indexOf(' ');
                ControlFile known = file;
                if (asked || space < 0 || known == null || !known.isToken(line.substring(0, space))) {
                    exceptionCaught(context, new IOException("no token, or a wrong one"));
                    return;
                }
                asked = true;
                context.pipeline().remove(ReadTimeoutHandler.class);
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
            @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the end
            public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
                LOG.debug("control connection closed: {}", fault.toString());
                context.close();
            }
        }
    }
}

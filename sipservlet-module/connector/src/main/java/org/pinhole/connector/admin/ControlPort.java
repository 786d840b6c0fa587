package org.pinhole.connector.admin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.handler.codec.string.StringDecoder;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Function;
import org.pinhole.connector.transport.EventLoops;

/**
 * How {@code bin/pinhole} reaches this JVM: one line {@code TOKEN COMMAND} over a loopback connection, answered with lines
 * until it closes. Runs on the connectors' event loops.
 */
final class ControlPort implements AutoCloseable {
    private static final int LONGEST_LINE = 256;

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
        Stations stations = new Stations(commands);
        Channel server = loops.listen(
                new ServerBootstrap().childHandler(stations),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try {
            int port = ((InetSocketAddress) server.localAddress()).getPort();
            ControlFile file = ControlFile.write(folder, port, new SecureRandom());
            stations.file = file;
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
    private static final class Stations extends ChannelInitializer<Channel> {
        private final Function<String, String> commands;
        private final WaitingRoom waiting = new WaitingRoom(new SecureRandom()::nextInt);
        private volatile ControlFile file;

        @SuppressWarnings("NullAway.Init") // nobody knows the port before the file is there
        Stations(Function<String, String> commands) {
            this.commands = commands;
        }

        @Override
        protected void initChannel(Channel channel) {
            waiting.enter(channel);
            channel.pipeline()
                    .addLast(new LineBasedFrameDecoder(LONGEST_LINE))
                    .addLast(new StringDecoder(StandardCharsets.UTF_8))
                    .addLast(new ControlConversation(this::isToken, commands, waiting));
        }

        private boolean isToken(String text) {
            ControlFile known = file;
            return known != null && known.isToken(text);
        }
    }
}

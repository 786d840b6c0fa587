package org.pinhole.turn.relay;

import io.netty.channel.Channel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Makes unregistered TCP channels of the transport in use. A relay's listener and the connections that it makes share one
 * port, which {@code sharePort} must allow on each of them.
 */
public record TcpSockets(
        Supplier<ServerSocketChannel> listener, Supplier<SocketChannel> socket, Consumer<Channel> sharePort) {}

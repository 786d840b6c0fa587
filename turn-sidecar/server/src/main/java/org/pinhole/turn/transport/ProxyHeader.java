package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.handler.codec.haproxy.HAProxyMessageDecoder;
import io.netty.handler.codec.haproxy.HAProxyProtocolException;
import io.netty.util.concurrent.ScheduledFuture;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.relay.IpLiteral;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a load balancer says before anything else, TLS included: whose connection it is (PROXY protocol, version 1 or 2). It
 * is expected from the sources that the operator listed and from nobody else; a listed source that does not begin with it
 * is closed, since guessing would let a client speak for another (PROXY protocol §2, "must not try to guess").
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {
    private static final Logger LOG = LoggerFactory.getLogger(ProxyHeader.class);
    private static final int MAX_EXTENSION_BYTES = 1024;

    /** What follows once it is known whose connection it is. */
    interface Next {
        void begin(InetSocketAddress client, InetSocketAddress server);
    }

    private final StreamRules rules;
    private final Next next;
    private @Nullable ScheduledFuture<?> deadline;

    private ProxyHeader(StreamRules rules, Next next) {
        this.rules = rules;
        this.next = next;
    }

    static void expect(SocketChannel channel, StreamRules rules, Next next) {
        channel.pipeline()
                .addLast(new Start(), new HAProxyMessageDecoder(MAX_EXTENSION_BYTES), new ProxyHeader(rules, next));
    }

    /** Refuses at once what begins like neither version; Netty's decoder would wait for the end of its first line. */
    private static final class Start extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            switch (HAProxyMessageDecoder.detectProtocol(in).state()) {
                case DETECTED -> context.pipeline().remove(this);
                case INVALID -> {
                    in.skipBytes(in.readableBytes()); // or it is refused once more when the connection is closed
                    throw new HAProxyProtocolException("begins like none");
                }
                case NEEDS_MORE_DATA -> {}
            }
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor()
                .schedule(
                        () -> refuse(context, "late"),
                        rules.limits().handshake().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, HAProxyMessage header) {
        SocketChannel channel = (SocketChannel) context.channel();
        InetSocketAddress client = channel.remoteAddress();
        InetSocketAddress server = channel.localAddress();
        if (header.command() == HAProxyCommand.PROXY && header.sourceAddress() != null && isIp(header)) {
            client = new InetSocketAddress(IpLiteral.parse(header.sourceAddress()), header.sourcePort());
            server = new InetSocketAddress(IpLiteral.parse(header.destinationAddress()), header.destinationPort());
        } // else the balancer speaks for itself (LOCAL, its health check) or of what is no IP: the connection's own
        next.begin(client, server);
        context.pipeline().remove(this); // what came behind the header is handed on when its decoder goes, after this
    }

    private static boolean isIp(HAProxyMessage header) {
        return switch (header.proxiedProtocol()) {
            case TCP4, TCP6 -> true;
            default -> false;
        };
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        refuse(context, "malformed: " + cause.getMessage());
    }

    private void refuse(ChannelHandlerContext context, String why) {
        rules.counts().refuse(Refusal.PROXY_HEADER);
        LOG.debug("{}: closed, PROXY header {}", context.channel().remoteAddress(), why);
        context.close();
    }
}

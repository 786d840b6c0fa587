package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.proxyprotocol.ProxyFormatException;
import org.pinhole.connector.proxyprotocol.ProxyHeader;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/**
 * The first station of a connection that comes through a proxy: reads for whom the proxy speaks, finds room for that one,
 * and makes way for the other stations. What follows the header in the same read is theirs.
 */
final class ProxyHeaderHandler extends ByteToMessageDecoder {
    private final Connector connector;
    private final long deadlineNanos;
    private final Runnable otherStations;
    private @Nullable Future<?> deadline;
    private boolean decided;

    /**
     * For one connection.
     *
     * @param deadlineNanos when the header must be there, by the connector's clock
     * @param otherStations puts them behind this one
     */
    ProxyHeaderHandler(Connector connector, long deadlineNanos, Runnable otherStations) {
        this.connector = connector;
        this.deadlineNanos = deadlineNanos;
        this.otherStations = otherStations;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        long nanosLeft = Math.max(1, deadlineNanos - connector.nanoTime());
        deadline = context.executor()
                .schedule(() -> refuse(context, "no PROXY protocol header in time"), nanosLeft, TimeUnit.NANOSECONDS);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (decided) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            ProxyHeader header = ProxyHeader.parse(in);
            if (header != null) {
                arrived(context, header.source());
            }
        } catch (ProxyFormatException noHeader) {
            refuse(context, noHeader.getMessage());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    private void arrived(ChannelHandlerContext context, @Nullable InetSocketAddress trueSource) {
        decided = true;
        InetSocketAddress source =
                trueSource == null ? (InetSocketAddress) context.channel().remoteAddress() : trueSource;
        if (source == null || !connector.entrance().admits(context.channel(), source)) {
            context.close();
            return;
        }
        otherStations.run();
        context.pipeline().remove(this);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // as above
    private void refuse(ChannelHandlerContext context, @Nullable String words) {
        decided = true;
        InetSocketAddress proxy = (InetSocketAddress) context.channel().remoteAddress();
        if (Arrival.of(context.channel()).refused(Refused.PROXY_HEADER) && proxy != null) {
            connector.complaints().warn(proxy.getAddress(), words + " on a connector that expects one");
        }
        context.close();
    }

    /** A balancer that only looks whether somebody listens is counted and not complained of. */
    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        super.channelInactive(context);
        Arrival.of(context.channel()).refused(Refused.PROXY_HEADER);
    }

    /** Removed, or the connection is gone. */
    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }
}

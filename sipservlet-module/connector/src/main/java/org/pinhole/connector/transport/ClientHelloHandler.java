package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.tls.ClientHello;
import org.pinhole.connector.tls.ConnectorTls;

/**
 * Reads the ClientHello, in however many pieces and records it comes, chooses the certificate by it and gives way to the
 * TLS engine, which gets the same bytes.
 */
final class ClientHelloHandler extends SslClientHelloHandler<ClientHello> {
    /** Two to three are usual with post-quantum keys; the engine itself takes no more than 16. */
    private static final int LONGEST_HELLO = 16 * 1024;

    private final ConnectorTls tls;
    private boolean refused;

    ClientHelloHandler(ConnectorTls tls) {
        super(LONGEST_HELLO);
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
        } else {
            super.decode(context, in, out);
        }
    }

    /** @param body null when there is a record, but no ClientHello in it */
    @Override
    protected Future<ClientHello> lookup(ChannelHandlerContext context, @Nullable ByteBuf body) {
        return body == null
                ? context.executor().newFailedFuture(new NotSslRecordException("no ClientHello in the first record"))
                : context.executor().newSucceededFuture(ClientHello.read(body));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, Future<ClientHello> future) {
        if (!future.isSuccess()) {
            refused = true;
            context.fireUserEventTriggered(new SslHandshakeCompletionEvent(future.cause()));
            Farewell.say(context, FirstBytesHandler.ALERT.clone());
            return;
        }
        ClientHello hello = future.getNow();
        context.fireUserEventTriggered(hello);
        SslHandler engine = tls.choose(hello).newHandler(context.alloc());
        engine.setHandshakeTimeoutMillis(0); // HandshakeHandler's, which has counted since the connection came
        engine.handshakeFuture().addListener(done -> {
            if (done.isSuccess()) {
                context.pipeline().remove(ConnectionPipeline.PACE);
            }
        });
        context.pipeline().replace(this, ConnectionPipeline.TLS, engine);
    }
}

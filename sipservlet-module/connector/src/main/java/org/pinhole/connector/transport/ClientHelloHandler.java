package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.List;
import org.pinhole.connector.limit.Holding;
import org.pinhole.connector.limit.Portion;
import org.pinhole.connector.tls.ClientHello;
import org.pinhole.connector.tls.ConnectorTls;
import org.pinhole.connector.tls.HelloRecords;

/**
 * Reads the ClientHello, in however many pieces and records it comes, chooses the certificate by it and gives way to the
 * TLS engine, which gets the same bytes.
 */
final class ClientHelloHandler extends ByteToMessageDecoder {
    /** Two to three KiB are usual with post-quantum keys; the engine itself takes no more than 16. */
    private static final int LONGEST_HELLO = 16 * 1024;

    /** For the headers of its records: who spreads a long one over more of them means us to count records. */
    private static final int RECORD_HEADERS = 1024;

    private final ConnectorTls tls;
    private final Portion held;
    private final HelloRecords records = new HelloRecords(LONGEST_HELLO);
    private boolean refused;

    ClientHelloHandler(ConnectorTls tls, Holding holding) {
        this.tls = tls;
        this.held = holding.portion();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
        super.channelRead(context, bytes);
        if (!context.isRemoved()) {
            held.is(Pinned.by(internalBuffer()));
        }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext context) {
        held.is(0);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            ByteBuf body = records.find(in);
            if (body != null) {
                answer(context, ClientHello.read(body));
            } else if (in.readableBytes() > LONGEST_HELLO + RECORD_HEADERS) {
                refuse(context, new NotSslRecordException("no ClientHello in " + in.readableBytes() + " octets"));
            }
        } catch (NotSslRecordException noHello) {
            refuse(context, noHello);
        }
    }

    private void refuse(ChannelHandlerContext context, Throwable cause) {
        refused = true;
        context.fireUserEventTriggered(new SslHandshakeCompletionEvent(cause));
        Farewell.say(context, FirstBytesHandler.ALERT.clone());
    }

    private void answer(ChannelHandlerContext context, ClientHello hello) {
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

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

    /** For the headers of its records: who spreads it over more of them means us to count records. */
    private static final int RECORDS = 1024;

    private static final int RECORD_HEADER = 5;

    private final ConnectorTls tls;
    private boolean refused;
    private int looked;

    ClientHelloHandler(ConnectorTls tls) {
        super(LONGEST_HELLO);
        this.tls = tls;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws Exception {
        if (refused) {
            in.skipBytes(in.readableBytes());
            return;
        }
        ByteBuf records = in.slice(in.readerIndex(), completeRecords(in));
        if (records.readableBytes() > looked) {
            looked = records.readableBytes();
            super.decode(context, records, out);
            in.skipBytes(records.readerIndex()); // nothing, unless it was no TLS
        } else if (in.readableBytes() > LONGEST_HELLO + RECORDS) {
            refuse(context, new NotSslRecordException("no ClientHello in " + in.readableBytes() + " octets"));
        }
    }

    /**
     * How many octets there are of whole records. Half a record is nothing to look at: it would be read again with each of
     * its octets, and the headers of the next may not be there yet.
     */
    private static int completeRecords(ByteBuf in) {
        int length = 0;
        while (in.readableBytes() >= length + RECORD_HEADER) {
            int next = RECORD_HEADER + in.getUnsignedShort(in.readerIndex() + length + RECORD_HEADER - 2);
            if (in.readableBytes() < length + next) {
                break;
            }
            length += next;
        }
        return length;
    }

    private void refuse(ChannelHandlerContext context, Throwable cause) {
        refused = true;
        context.fireUserEventTriggered(new SslHandshakeCompletionEvent(cause));
        Farewell.say(context, FirstBytesHandler.ALERT.clone());
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
            refuse(context, future.cause());
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

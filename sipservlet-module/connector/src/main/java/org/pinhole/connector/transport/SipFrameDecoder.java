package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Feeds decrypted bytes to the framer of one connection. Runs on that connection's event loop. */
final class SipFrameDecoder extends ByteToMessageDecoder {
    private final SipFramer framer = new SipFramer();
    private final ConnectorCounters counters;
    private boolean failed;

    SipFrameDecoder(ConnectorCounters counters) {
        this.counters = counters;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object piece) throws Exception {
        counters.bytesIn(((ByteBuf) piece).readableBytes());
        super.channelRead(context, piece);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) throws SipFormatException {
        if (failed) {
            in.skipBytes(in.readableBytes());
            return;
        }
        try {
            @Nullable Frame frame = framer.next(in);
            if (frame != null) {
                out.add(frame);
            }
        } catch (SipFormatException notSip) {
            failed = true; // what follows has no beginning
            throw notSip;
        }
    }
}

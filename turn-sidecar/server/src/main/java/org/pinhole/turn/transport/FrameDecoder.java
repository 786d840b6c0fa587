package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunFraming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts a stream into STUN messages and ChannelData; a stream that is neither is closed without a word. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class FrameDecoder extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            int length = StunFraming.frameLength(in);
            if (length != StunFraming.UNDECIDED && in.readableBytes() >= length) {
                out.add(in.readRetainedSlice(length));
            }
        } catch (StunException e) {
            LOG.debug("{}: closed, {}", context.channel().remoteAddress(), e.getMessage());
            in.skipBytes(in.readableBytes());
            context.close();
        }
    }
}

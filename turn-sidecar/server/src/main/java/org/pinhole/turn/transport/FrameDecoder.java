package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunFraming;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a stream into STUN messages and ChannelData; a stream that is neither is closed without a word. It begins with STUN:
 * what else starts like ChannelData is somebody else's protocol in letters.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class FrameDecoder extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

    private final StreamCounts counts;
    private boolean begun;

    FrameDecoder(StreamCounts counts) {
        this.counts = counts;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        try {
            if (!begun) {
                requireStun(in);
            }
            int length = StunFraming.frameLength(in);
            if (length != StunFraming.UNDECIDED && in.readableBytes() >= length) {
                begun = true;
                out.add(in.readRetainedSlice(length));
            }
        } catch (StunException e) {
            LOG.debug("{}: closed, {}", context.channel().remoteAddress(), e.getMessage());
            counts.refuse(Refusal.NOT_STUN);
            in.skipBytes(in.readableBytes());
            context.close();
        }
    }

    private static void requireStun(ByteBuf in) {
        if (ChannelData.startsWith(in.getUnsignedByte(in.readerIndex()))) {
            throw StunException.badRequest("does not begin with STUN");
        }
    }
}

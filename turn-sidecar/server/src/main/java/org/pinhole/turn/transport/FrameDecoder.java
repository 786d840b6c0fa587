package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunFraming;
import org.pinhole.stun.StunMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts a stream into STUN messages and ChannelData; a stream that is neither is closed without a word. It begins with STUN:
 * what else starts like ChannelData is somebody else's protocol in letters. Behind a ConnectionBind it waits for the answer,
 * since with a success there are no messages any more (RFC 6062 §5.4). A frame is collected whole, so who has no allocation yet
 * may send no larger one than a request with credentials can be.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty tells the pipeline what fails
final class FrameDecoder extends ByteToMessageDecoder {
    private static final Logger LOG = LoggerFactory.getLogger(FrameDecoder.class);

    /** Beyond USERNAME, REALM and NONCE of the greatest lengths that RFC 8489 §14 allows. */
    private static final int MAX_STRANGERS_FRAME_BYTES = 2048;

    private static final int CONNECTION_BIND =
            StunMethod.CONNECTION_BIND.request().bits();

    private final StreamCounts counts;
    private final BooleanSupplier serves;
    private @Nullable ChannelHandlerContext context;
    private boolean begun;
    private boolean waits;

    /** {@code serves} is whether the connection has an allocation now; asked on its event loop. */
    FrameDecoder(StreamCounts counts, BooleanSupplier serves) {
        this.counts = counts;
        this.serves = serves;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    @Override
    protected void decode(ChannelHandlerContext self, ByteBuf in, List<Object> out) {
        if (waits) {
            return;
        }
        try {
            if (!begun) {
                requireStun(in);
            }
            int length = StunFraming.frameLength(in);
            requireRoom(length);
            if (length != StunFraming.UNDECIDED && in.readableBytes() >= length) {
                begun = true;
                waits = in.getUnsignedShort(in.readerIndex()) == CONNECTION_BIND;
                out.add(in.readRetainedSlice(length));
                if (waits) {
                    self.channel().config().setAutoRead(false);
                }
            }
        } catch (StunException e) {
            LOG.debug("{}: closed, {}", self.channel().remoteAddress(), e.getMessage());
            counts.refuse(Refusal.NOT_STUN);
            in.skipBytes(in.readableBytes());
            self.close();
        }
    }

    /** An answer has been written: if it was to a ConnectionBind, and no success, messages come again. */
    void answered() {
        ChannelHandlerContext self = context;
        if (waits && self != null) {
            self.executor().execute(() -> goOn(self));
        }
    }

    private void goOn(ChannelHandlerContext self) {
        if (waits && !self.isRemoved()) {
            waits = false;
            self.channel().config().setAutoRead(self.channel().isWritable());
            try {
                channelRead(self, Unpooled.EMPTY_BUFFER);
            } catch (Exception e) {
                self.fireExceptionCaught(e);
            }
        }
    }

    private void requireRoom(int length) {
        if (length > MAX_STRANGERS_FRAME_BYTES && !serves.getAsBoolean()) {
            throw StunException.badRequest("a frame of %d bytes before there is an allocation".formatted(length));
        }
    }

    private static void requireStun(ByteBuf in) {
        if (ChannelData.startsWith(in.getUnsignedByte(in.readerIndex()))) {
            throw StunException.badRequest("does not begin with STUN");
        }
    }
}

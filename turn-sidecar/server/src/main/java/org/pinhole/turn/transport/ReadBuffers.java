package org.pinhole.turn.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * What one connection is read into. A frame that is not whole yet keeps the buffer that it came in, so who has no allocation
 * is read in small ones; from the first allocation on, and for a data connection, they grow with what comes. On the
 * connection's event loop only.
 */
@SuppressWarnings("deprecation") // Netty asks for a Handle, and deprecates the word for who extends one
final class ReadBuffers implements RecvByteBufAllocator {
    static final int STRANGERS_BYTES = 2048;

    private final RecvByteBufAllocator adaptive = new AdaptiveRecvByteBufAllocator();
    private boolean large;

    /** From now on as large as what comes. */
    void allowLarge() {
        large = true;
    }

    @Override
    public Handle newHandle() {
        return new Bounded(adaptive.newHandle());
    }

    private final class Bounded extends DelegatingHandle implements ExtendedHandle {
        private final ExtendedHandle adapting;

        Bounded(Handle adapting) {
            super(adapting);
            this.adapting = (ExtendedHandle) adapting; // as every channel expects of it
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator alloc) {
            return large ? super.allocate(alloc) : alloc.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return large ? super.guess() : Math.min(STRANGERS_BYTES, super.guess());
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier maybeMoreDataSupplier) {
            return adapting.continueReading(maybeMoreDataSupplier);
        }
    }
}

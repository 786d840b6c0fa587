package org.pinhole.turn.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // Netty's word for what every channel uses
class ReadBuffersTest {
    private final ReadBuffers buffers = new ReadBuffers();
    private final RecvByteBufAllocator.Handle handle = buffers.newHandle();

    @Test
    @Tag("T-18")
    void aStrangersBufferStaysSmallHoweverMuchComes() {
        assertThat(afterManyFullReads()).isEqualTo(ReadBuffers.STRANGERS_BYTES);
    }

    @Test
    void anAllocationsBufferGrowsWithWhatComes() {
        buffers.allowLarge();

        assertThat(afterManyFullReads()).isGreaterThan(16 * 1024);
    }

    private int afterManyFullReads() {
        int capacity = 0;
        for (int i = 0; i < 50; i++) {
            ByteBuf buffer = handle.allocate(UnpooledByteBufAllocator.DEFAULT);
            capacity = buffer.capacity();
            handle.attemptedBytesRead(capacity);
            handle.lastBytesRead(capacity);
            handle.readComplete();
            buffer.release();
        }
        return capacity;
    }
}

package org.pinhole.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What watches over the buffers of all tests sees a leak. */
class LeakWatchTest {
    @Test
    void aBufferThatNobodyReleasesIsFoundAndToldOnce() {
        List<String> found = new ArrayList<>();
        loseABuffer();

        await().until(() -> found.addAll(LeakWatch.leaks()));

        assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
        assertThat(found).singleElement().asString().startsWith("LEAK: ByteBuf").contains("loseABuffer");
        assertThat(LeakReports.take()).isEmpty();
    }

    private static void loseABuffer() {
        ByteBufAllocator.DEFAULT.directBuffer(1);
    }
}

package org.pinhole.suite.embedded;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.log4j.AppenderSkeleton;
import org.apache.log4j.Logger;
import org.apache.log4j.spi.LoggingEvent;

/**
 * What the leak detector of the connector's own Netty reports while this is open. It looks at what the collector has taken
 * away whenever a buffer is made, so both are brought about here.
 */
final class Leaks implements AutoCloseable {
    private static final Logger DETECTOR = Logger.getLogger("io.netty.util.ResourceLeakDetector");
    private static final int ROUNDS = 5;

    private final List<String> reports = new CopyOnWriteArrayList<>();
    private final ClassLoader connector;
    private final AppenderSkeleton appender = new AppenderSkeleton() {
        @Override
        protected void append(LoggingEvent event) {
            reports.add(event.getRenderedMessage());
        }

        @Override
        public void close() {}

        @Override
        public boolean requiresLayout() {
            return false;
        }
    };

    private Leaks(ClassLoader connector) {
        this.connector = connector;
    }

    /** While a connector is open: its threads lead to its class loader. */
    static Leaks watch() {
        ClassLoader connector = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("pinhole-io-"))
                .findFirst()
                .orElseThrow()
                .getContextClassLoader();
        Leaks leaks = new Leaks(connector);
        DETECTOR.addAppender(leaks.appender);
        return leaks;
    }

    List<String> reports() throws Exception {
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            Object buffer = buffer();
            Class.forName("io.netty.util.ReferenceCounted", true, connector)
                    .getMethod("release")
                    .invoke(buffer);
        }
        return reports;
    }

    /** Whether the connector's direct buffers are its own: no event loop waits for the platform's collector to free some. */
    boolean ownsItsBuffers() throws Exception {
        return (boolean) Class.forName("io.netty.util.internal.PlatformDependent", true, connector)
                .getMethod("useDirectBufferNoCleaner")
                .invoke(null);
    }

    /** A buffer of the connector's, which the caller has to release. */
    Object buffer() throws Exception {
        Class<?> allocators = Class.forName("io.netty.buffer.ByteBufAllocator", true, connector);
        Object allocator = allocators.getField("DEFAULT").get(null);
        return allocators.getMethod("directBuffer").invoke(allocator);
    }

    @Override
    public void close() {
        DETECTOR.removeAppender(appender);
    }
}

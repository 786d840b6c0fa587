package org.pinhole.connector;

import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which a buffer is found that nobody has released. For all test classes, by way of
 * META-INF/services. The detector looks at what the collector has taken away whenever a buffer is made, so both are brought
 * about here.
 */
public final class LeakWatch implements BeforeAllCallback, AfterAllCallback {
    private static final int ROUNDS = 2;

    static {
        LeakReports.keep();
    }

    /** So that the detectors are ours from the first class on. */
    @Override
    public void beforeAll(ExtensionContext context) {}

    @Override
    public void afterAll(ExtensionContext context) {
        List<String> leaks = leaks();
        if (!leaks.isEmpty()) {
            throw new AssertionError(context.getDisplayName() + ": " + leaks);
        }
    }

    /** Those that have shown since they were last asked for. */
    public static List<String> leaks() {
        List<String> leaks = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            System.gc();
            ByteBufAllocator.DEFAULT.directBuffer().release();
            leaks.addAll(LeakReports.take());
        }
        return leaks;
    }
}

package org.pinhole.connector;

import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Netty's leak detectors, which also keep what they report. */
final class LeakReports extends ResourceLeakDetectorFactory {
    private static final Queue<String> REPORTS = new ConcurrentLinkedQueue<>();

    /** To be called before the first buffer is made. */
    static void keep() {
        setResourceLeakDetectorFactory(new LeakReports());
    }

    /** All since the last time. */
    static List<String> take() {
        List<String> taken = new ArrayList<>();
        for (String report = REPORTS.poll(); report != null; report = REPORTS.poll()) {
            taken.add(report);
        }
        return taken;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract all the same
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval, long maxActive) {
        return newResourceLeakDetector(resource, interval);
    }

    @Override
    public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> resource, int interval) {
        return new Keeping<>(resource, interval);
    }

    private static final class Keeping<T> extends ResourceLeakDetector<T> {
        Keeping(Class<?> resource, int interval) {
            super(resource, interval);
        }

        @Override
        protected void reportTracedLeak(String resource, String records) {
            REPORTS.add("LEAK: " + resource + records);
            super.reportTracedLeak(resource, records);
        }

        @Override
        protected void reportUntracedLeak(String resource) {
            REPORTS.add("LEAK: " + resource);
            super.reportUntracedLeak(resource);
        }
    }
}

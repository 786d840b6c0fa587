package org.pinhole.bench.load;

import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long answers took. Recorded from any thread. */
public final class Latencies {
    private final Recorder recorder = new Recorder(3);

    /** One more. */
    public void record(long nanos) {
        recorder.recordValue(Math.max(1, nanos));
    }

    /** All since the last time it was asked. */
    public Histogram drain() {
        return recorder.getIntervalHistogram();
    }

    /** As milliseconds. */
    public static String text(Histogram histogram) {
        return String.format(
                Locale.ROOT,
                "p50 %.2f p99 %.2f p99.9 %.2f max %.1f ms (%d)",
                millis(histogram, 50),
                millis(histogram, 99),
                millis(histogram, 99.9),
                histogram.getMaxValue() / 1e6,
                histogram.getTotalCount());
    }

    /** One percentile in milliseconds. */
    public static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}

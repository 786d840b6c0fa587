package org.pinhole.bench.scenario;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;
import org.pinhole.bench.load.Latencies;

/** What one contestant has reached, turn by turn. */
final class Turns {
    private final String name;
    private final List<Double> rates = new ArrayList<>();
    private final Histogram latencies = new Histogram(3);

    Turns(String name) {
        this.name = name;
    }

    void add(double perSecond, Histogram seen) {
        rates.add(perSecond);
        latencies.add(seen);
    }

    double median() {
        return median(rates);
    }

    /**
     * The median of this one's rate by another's, each of the same round: whatever the machine does meanwhile, it does to both.
     */
    double medianRatio(Turns other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rates.size(); round++) {
            ratios.add(rates.get(round) / other.rates.get(round));
        }
        return median(ratios);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** A line of the table: name, median, all turns, latency. */
    List<String> row() {
        return List.of(
                name,
                String.format(Locale.ROOT, "%.0f", median()),
                String.format(Locale.ROOT, "%.0f–%.0f", Collections.min(rates), Collections.max(rates)),
                Latencies.text(latencies));
    }
}

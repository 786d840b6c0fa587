package org.pinhole.ue.discovery;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** The order in which to try targets: lower priorities first, equal ones drawn by weight (RFC 2782, "Usage rules"). Pure. */
final class SrvOrder {
    private final RandomGenerator random;

    SrvOrder(RandomGenerator random) {
        this.random = random;
    }

    List<SrvRecord> of(List<SrvRecord> records) {
        List<SrvRecord> left = new ArrayList<>(records);
        left.sort(Comparator.comparingInt(SrvRecord::priority).thenComparingInt(SrvRecord::weight));
        List<SrvRecord> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int priority = left.get(0).priority();
            List<SrvRecord> equal = left.stream()
                    .filter(record -> record.priority() == priority)
                    .toList();
            SrvRecord drawn = draw(equal);
            ordered.add(drawn);
            left.remove(drawn);
        }
        return ordered;
    }

    private SrvRecord draw(List<SrvRecord> equal) {
        int total = equal.stream().mapToInt(SrvRecord::weight).sum();
        int at = random.nextInt(total + 1);
        int sum = 0;
        for (SrvRecord record : equal) {
            sum += record.weight();
            if (sum >= at) {
                return record;
            }
        }
        return equal.get(equal.size() - 1);
    }
}

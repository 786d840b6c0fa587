package org.pinhole.turn.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** The facts and the same metrics that Prometheus gets, for eyes and scripts. */
final class MetricsJson {
    private static final JsonFactory JSON = new JsonFactory();

    private MetricsJson() {}

    static void write(OutputStream out, Map<String, String> facts, MetricSnapshots metrics) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            for (Map.Entry<String, String> fact : facts.entrySet()) {
                json.writeStringField(fact.getKey(), fact.getValue());
            }
            json.writeObjectFieldStart("metrics");
            for (MetricSnapshot metric : metrics) {
                json.writeArrayFieldStart(metric.getMetadata().getName());
                for (DataPointSnapshot point : metric.getDataPoints()) {
                    write(json, point);
                }
                json.writeEndArray();
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void write(JsonGenerator json, DataPointSnapshot point) throws IOException {
        json.writeStartObject();
        for (Label label : point.getLabels()) {
            json.writeStringField(label.getName(), label.getValue());
        }
        if (point instanceof CounterSnapshot.CounterDataPointSnapshot counter) {
            json.writeNumberField("value", (long) counter.getValue());
        } else if (point instanceof GaugeSnapshot.GaugeDataPointSnapshot gauge) {
            json.writeNumberField("value", (long) gauge.getValue());
        } else if (point instanceof HistogramSnapshot.HistogramDataPointSnapshot histogram) {
            json.writeNumberField("count", histogram.getCount());
            json.writeNumberField("sum", histogram.getSum());
        }
        json.writeEndObject();
    }
}

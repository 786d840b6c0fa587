package org.pinhole.turn;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.pinhole.turn.allocation.EndReason;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.allocation.UserQuota;
import org.pinhole.turn.metrics.Histogram;
import org.pinhole.turn.tls.TicketCounts;
import org.pinhole.turn.transport.ConnectionLimits;
import org.pinhole.turn.transport.Refusal;
import org.pinhole.turn.transport.StreamCounts;

/** All that is counted, under the names that operators know it by. No label has more values than these types have. */
final class TurnMetrics {
    private static final String PREFIX = "pinhole_turn_";

    private final AllocationCounts allocations;
    private final RequestCounts requests;
    private final StreamCounts streams;
    private final ConnectionLimits connections;
    private final UserQuota quota;

    TurnMetrics(
            AllocationCounts allocations,
            RequestCounts requests,
            StreamCounts streams,
            ConnectionLimits connections,
            UserQuota quota) {
        this.allocations = allocations;
        this.requests = requests;
        this.streams = streams;
        this.connections = connections;
        this.quota = quota;
    }

    MetricSnapshots snapshot(LoopState loops, TicketCounts tickets, boolean draining) {
        List<MetricSnapshot> all = new ArrayList<>();
        all.add(gauge("allocations", "Allocations now", loops.allocations()));
        all.add(gauge("users", "Users who hold an allocation now", quota.users()));
        all.add(gauge("peer_connections", "TCP connections with peers now (RFC 6062)", quota.connections()));
        all.add(gauge("client_connections", "TCP and TLS connections of clients now", connections.open()));
        all.add(gauge("draining", "1 when no new allocations are taken", draining ? 1 : 0));
        addRelayed(all, loops);
        addRequests(all);
        addAllocations(all);
        addStreams(all);
        all.add(counter("tls_tickets", "TLS session tickets by what happened to them")
                .dataPoint(value("event", "issued", tickets.issued()))
                .dataPoint(value("event", "resumed", tickets.resumed()))
                .dataPoint(value("event", "renewed", tickets.renewed()))
                .dataPoint(value("event", "unknown", tickets.failed()))
                .build());
        return new MetricSnapshots(all);
    }

    private static void addRelayed(List<MetricSnapshot> all, LoopState loops) {
        all.add(counter("relayed_packets", "Datagrams, or pieces of a stream, that were relayed")
                .dataPoint(value("direction", "to_peer", loops.toPeerPackets()))
                .dataPoint(value("direction", "to_client", loops.toClientPackets()))
                .build());
        all.add(counter("relayed_bytes", "User data that was relayed, without headers")
                .dataPoint(value("direction", "to_peer", loops.toPeerBytes()))
                .dataPoint(value("direction", "to_client", loops.toClientBytes()))
                .build());
        all.add(counter("dropped_packets", "Datagrams lost for want of a permission or a quota")
                .dataPoint(value(loops.droppedPackets()))
                .build());
    }

    private void addRequests(List<MetricSnapshot> all) {
        CounterSnapshot.Builder builder = counter("requests", "Requests by method and by what they were answered");
        requests.seen()
                .forEach((outcome, count) -> builder.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                        .labels(Labels.of("method", outcome.method(), "answer", outcome.answer()))
                        .value((double) count)
                        .build()));
        all.add(builder.build());
    }

    private void addAllocations(List<MetricSnapshot> all) {
        CounterSnapshot.Builder opened = counter("allocations_opened", "Allocations that were opened");
        for (TransportProtocol transport : TransportProtocol.values()) {
            opened.dataPoint(value("transport", transport.toString(), allocations.opened(transport)));
        }
        all.add(opened.build());
        CounterSnapshot.Builder ended = counter("allocations_ended", "Allocations that ended");
        for (EndReason reason : EndReason.values()) {
            ended.dataPoint(value("reason", reason.toString(), allocations.ended(reason)));
        }
        all.add(ended.build());
        all.add(counter("allocations_refreshed", "Refreshes of allocations")
                .dataPoint(value(allocations.refreshed()))
                .build());
        all.add(counter("peer_connections_bound", "TCP connections with peers that were bound (RFC 6062)")
                .dataPoint(value(allocations.connectionsBound()))
                .build());
        all.add(histogram("allocation_seconds", "How long allocations lived", allocations.lifetimes()));
    }

    private void addStreams(List<MetricSnapshot> all) {
        all.add(counter("client_connections_accepted", "TCP and TLS connections that were accepted")
                .dataPoint(value(streams.accepted()))
                .build());
        CounterSnapshot.Builder refused = counter("client_connections_refused", "Connections that the server ended");
        for (Refusal refusal : Refusal.values()) {
            refused.dataPoint(value("reason", refusal.label(), streams.refused(refusal)));
        }
        all.add(refused.build());
        all.add(counter("client_queue_dropped_packets", "Packets that slow TCP and TLS clients lost")
                .dataPoint(value("size", "small", streams.droppedSmall()))
                .dataPoint(value("size", "large", streams.droppedLarge()))
                .build());
        all.add(counter("accept_pauses", "How often no connection could be accepted")
                .dataPoint(value(streams.acceptPauses()))
                .build());
        all.add(counter("tls_handshakes_failed", "TLS handshakes that failed")
                .dataPoint(value(streams.failedHandshakes()))
                .build());
        all.add(histogram("tls_handshake_seconds", "From connection to TLS session", streams.handshakes()));
    }

    private static CounterSnapshot.Builder counter(String name, String help) {
        return CounterSnapshot.builder().name(PREFIX + name).help(help);
    }

    private static CounterSnapshot.CounterDataPointSnapshot value(long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .value((double) value)
                .build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot value(String label, String of, long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(Labels.of(label, of))
                .value((double) value)
                .build();
    }

    private static GaugeSnapshot gauge(String name, String help, long value) {
        return GaugeSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(GaugeSnapshot.GaugeDataPointSnapshot.builder()
                        .value((double) value)
                        .build())
                .build();
    }

    private static HistogramSnapshot histogram(String name, String help, Histogram histogram) {
        double[] bounds = histogram.bounds();
        double[] all = Arrays.copyOf(bounds, bounds.length + 1);
        all[bounds.length] = Double.POSITIVE_INFINITY;
        return HistogramSnapshot.builder()
                .name(PREFIX + name)
                .help(help)
                .dataPoint(HistogramSnapshot.HistogramDataPointSnapshot.builder()
                        .classicHistogramBuckets(ClassicHistogramBuckets.of(all, histogram.counts()))
                        .sum(histogram.sum())
                        .build())
                .build();
    }
}

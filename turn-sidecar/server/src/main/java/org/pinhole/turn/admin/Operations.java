package org.pinhole.turn.admin;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;

/** What the admin port can see and do of the server; called on its threads, each call within a few seconds. */
public interface Operations {

    /** Every metric, as it is now. */
    MetricSnapshots metrics() throws OperationFailed;

    /** What the server is, in a few words each: state, version, listeners. */
    Map<String, String> facts();

    /** Whether new allocations are welcome; fails when an event loop does not answer. */
    boolean isReady() throws OperationFailed;

    /** Takes no new allocations, and stops when the last one has ended or at the latest after this time. */
    void drain(Duration atMost);

    /** Reads the settings and their files again and says what came of it; nothing has changed when it fails. */
    String reload() throws OperationFailed;
}

package org.pinhole.turn;

import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Duration;
import java.util.Map;
import org.pinhole.turn.admin.OperationFailed;
import org.pinhole.turn.admin.Operations;

/** The admin port's view of the server. */
final class TurnOperations implements Operations {
    private final TurnServer server;
    private final Reloader reloader;

    TurnOperations(TurnServer server, Reloader reloader) {
        this.server = server;
        this.reloader = reloader;
    }

    @Override
    public MetricSnapshots metrics() throws OperationFailed {
        return server.metrics();
    }

    @Override
    public Map<String, String> facts() {
        return server.facts();
    }

    @Override
    public boolean isReady() throws OperationFailed {
        return server.isReady();
    }

    @Override
    public void drain(Duration atMost) {
        server.drain(atMost);
    }

    @Override
    public String reload() throws OperationFailed {
        try {
            return reloader.reload();
        } catch (StartException e) {
            throw new OperationFailed(e.getMessage() + "; nothing was changed", e);
        }
    }
}

package org.pinhole.app.turn;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks whether a TURN server takes connections, and says so when that changes. One thread looks, any thread asks. */
final class TurnProbe implements Reachable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnProbe.class);

    private final HostPort server;
    private final Attempt attempt;
    private boolean looked;
    private volatile boolean reachable;

    TurnProbe(HostPort server, Attempt attempt) {
        this.server = server;
        this.attempt = attempt;
    }

    /** Tries once. Blocks for as long as the attempt does. */
    void look() {
        String fault = "";
        try {
            attempt.connect(server);
        } catch (IOException | RuntimeException refused) { // a name that does not resolve is as absent
            fault = String.valueOf(refused.getMessage());
        }
        boolean before = reachable;
        reachable = fault.isEmpty();
        if (reachable && !before) {
            LOG.info("TURN server {} answers: phones that register get its URIs and credentials", server);
        } else if (!reachable && (before || !looked)) {
            LOG.warn(
                    "TURN server {} does not answer ({}): phones register without TURN credentials until it does",
                    server,
                    fault);
        }
        looked = true;
    }

    @Override
    public boolean now() {
        return reachable;
    }

    /** A connection that is made and closed again. */
    interface Attempt {
        void connect(HostPort server) throws IOException;
    }
}

package org.pinhole.connector.transport;

import org.pinhole.connector.transport.ConnectorCounters.Closed;

/** Why a flow ended: the reason that is counted, and the words that are logged. */
final class Ending {
    /** What it is when nobody here gave a reason. */
    static final Ending BY_PHONE = new Ending(Closed.BY_PHONE, "closed by the phone");

    private final Closed reason;
    private final String words;

    Ending(Closed reason, String words) {
        this.reason = reason;
        this.words = words;
    }

    Closed reason() {
        return reason;
    }

    String words() {
        return words;
    }
}

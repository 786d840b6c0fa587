package org.pinhole.suite.proxy;

import java.util.concurrent.atomic.AtomicLong;

/** A log line whose byte counts still grow; both directions' threads count. */
final class LoggedAccess {
    private final String target;
    private final int status;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();

    LoggedAccess(String target, int status) {
        this.target = target;
        this.status = status;
    }

    void count(int octets, boolean upwards) {
        (upwards ? up : down).addAndGet(octets);
    }

    AccessLogEntry entry() {
        return new AccessLogEntry(target, status, up.get(), down.get());
    }
}

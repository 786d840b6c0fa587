package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.request.Admission;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the server out of service without ending a call: new allocations go to the alternate server (300) or, where none is
 * known of the client's family, nowhere (508). Over when the last allocation has ended, or at a deadline.
 */
final class Drain implements Admission {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);

    private final InstantSource clock;
    private volatile AlternateServers alternates;
    private volatile @Nullable Instant deadline;

    /** Where clients are sent, and the name that the certificate there has. */
    record AlternateServers(
            List<InetSocketAddress> addresses, @Nullable String domain) {
        static final AlternateServers NONE = new AlternateServers(List.of(), null);

        @Nullable
        InetSocketAddress find(InetSocketAddress client) {
            for (InetSocketAddress address : addresses) {
                if (address.getAddress().getClass() == client.getAddress().getClass()) {
                    return address;
                }
            }
            return null;
        }
    }

    Drain(InstantSource clock, AlternateServers alternates) {
        this.clock = clock;
        this.alternates = alternates;
    }

    void set(AlternateServers newAlternates) {
        alternates = newAlternates;
    }

    /** Begins, or moves the deadline. */
    void begin(Duration atMost) {
        Instant end = clock.instant().plus(atMost);
        deadline = end;
        LOG.info("drain: no new allocations; ends when the last one has, or at {}", end);
    }

    boolean hasBegun() {
        return deadline != null;
    }

    boolean isOver(int allocations) {
        Instant end = deadline;
        return end != null && (allocations == 0 || !clock.instant().isBefore(end));
    }

    @Override
    public Decision decide(FiveTuple fiveTuple) {
        if (deadline == null) {
            return new Admitted();
        }
        InetSocketAddress alternate = alternates.find(fiveTuple.client());
        return alternate == null ? new Refused() : new Redirected(alternate, alternates.domain());
    }
}

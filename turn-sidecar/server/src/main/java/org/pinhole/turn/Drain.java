package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.admin.OperationFailed;
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
    private static final long LOOK_SECONDS = 1;

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

    /** Counts the allocations that there still are. */
    interface Remaining {
        int allocations() throws OperationFailed;
    }

    /** Lets time pass between two looks. */
    interface Pause {
        void take() throws InterruptedException;
    }

    Drain(InstantSource clock, AlternateServers alternates) {
        this.clock = clock;
        this.alternates = alternates;
    }

    void set(AlternateServers newAlternates) {
        alternates = newAlternates;
    }

    /** Begins, or moves the deadline; {@code whenOver} runs once, on a thread of its own. */
    synchronized void begin(Duration atMost, Remaining remaining, Runnable whenOver) {
        boolean first = !hasBegun();
        Instant end = clock.instant().plus(atMost);
        deadline = end;
        LOG.info("drain: no new allocations; ends when the last one has, or at {}", end);
        if (first) {
            Thread waiting = new Thread(() -> end(remaining, whenOver), "turn-drain");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    private void end(Remaining remaining, Runnable whenOver) {
        try {
            await(remaining, () -> TimeUnit.SECONDS.sleep(LOOK_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("drain: over");
        whenOver.run();
    }

    /** Pauses before the first look too, so that whoever asked for the drain is answered before the server is gone. */
    void await(Remaining remaining, Pause pause) throws InterruptedException {
        do {
            pause.take();
        } while (!isOver(remaining));
    }

    boolean hasBegun() {
        return deadline != null;
    }

    private boolean isOver(Remaining remaining) {
        Instant end = deadline;
        return end != null && (!clock.instant().isBefore(end) || isNothingLeft(remaining));
    }

    /** Not knowing ends no call: a loop that is slow now may hold some. */
    private static boolean isNothingLeft(Remaining remaining) {
        try {
            return remaining.allocations() == 0;
        } catch (OperationFailed e) {
            LOG.warn("drain: {}; looks again", e.getMessage());
            return false;
        }
    }

    @Override
    public Decision decide(FiveTuple fiveTuple) {
        if (deadline == null) {
            return new Admitted();
        }
        return whenFull(fiveTuple);
    }

    @Override
    public Decision whenFull(FiveTuple fiveTuple) {
        AlternateServers now = alternates;
        InetSocketAddress alternate = now.find(fiveTuple.client());
        return alternate == null ? new Refused() : new Redirected(alternate, now.domain());
    }
}

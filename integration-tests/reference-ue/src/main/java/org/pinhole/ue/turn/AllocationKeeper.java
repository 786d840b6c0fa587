package org.pinhole.ue.turn;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/**
 * Refreshes an allocation, its permissions and its channels before they end, until closed or refused (RFC 8656 §8, §9,
 * §12). Its requests block the loop, which has to be a loop of its own.
 */
final class AllocationKeeper implements AutoCloseable {
    /** A permission lives five minutes. */
    static final Duration PERMISSIONS_EVERY = Duration.ofMinutes(4);

    /** A channel lives ten. */
    static final Duration CHANNELS_EVERY = Duration.ofMinutes(9);

    /**
     * The control connection of a TCP relay carries no media, and nothing else between refreshes; when a proxy or a firewall takes
     * it for idle the streams end with it. Shorter than the idle limit of any of them that is known.
     */
    static final Duration CONTROL_EVERY = Duration.ofSeconds(10);

    /** Time enough for every retransmission of a Refresh (RFC 8489 §6.2.1: 39.5 s). */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final UeLoop loop;
    private final TurnClient client;
    private final Duration lifetime;
    private final Consumer<String> failed;
    private UeLoop.@Nullable Timer allocation;
    private UeLoop.@Nullable Timer permissions;
    private UeLoop.@Nullable Timer channels;
    private UeLoop.@Nullable Timer control;
    private boolean closed;

    AllocationKeeper(UeLoop loop, TurnClient client, Duration lifetime, Consumer<String> failed) {
        this.loop = loop;
        this.client = client;
        this.lifetime = lifetime;
        this.failed = failed;
    }

    void start() {
        allocationIn(lifetime);
        permissions = loop.schedule(PERMISSIONS_EVERY, this::permissions);
        channels = loop.schedule(CHANNELS_EVERY, this::channels);
    }

    /** Shows life on the control connection from now on, too (U-14). */
    void keepControlAlive() {
        control = loop.schedule(
                CONTROL_EVERY,
                () -> trying(() -> {
                    client.indicateLife();
                    keepControlAlive();
                }));
    }

    private void allocationIn(Duration granted) {
        allocation = loop.schedule(before(granted), this::allocation);
    }

    /** A minute before the end, or at half of what is not twice that. */
    static Duration before(Duration granted) {
        Duration half = granted.dividedBy(2);
        return half.compareTo(AHEAD) < 0 ? half : granted.minus(AHEAD);
    }

    private void allocation() {
        trying(() -> allocationIn(client.refresh(lifetime)));
    }

    private void permissions() {
        trying(() -> {
            client.permitAgain();
            permissions = loop.schedule(PERMISSIONS_EVERY, this::permissions);
        });
    }

    private void channels() {
        trying(() -> {
            client.bindAllAgain();
            channels = loop.schedule(CHANNELS_EVERY, this::channels);
        });
    }

    private interface Step {
        void run() throws IOException;
    }

    private void trying(Step step) {
        if (closed) {
            return;
        }
        try {
            step.run();
        } catch (IOException e) {
            if (!closed) {
                close();
                failed.accept("the relay is lost: " + e.getMessage());
            }
        }
    }

    /** On the loop. */
    @Override
    public void close() {
        closed = true;
        cancel(allocation);
        cancel(permissions);
        cancel(channels);
        cancel(control);
    }

    private static void cancel(UeLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}

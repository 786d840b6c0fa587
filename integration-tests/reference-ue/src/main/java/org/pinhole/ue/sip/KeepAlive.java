package org.pinhole.ue.sip;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/**
 * Keeps a flow alive by double CRLF at the pace that the edge asked for, and finds it dead when a pong stays away
 * (RFC 6223 §5, RFC 5626 §4.4.1). Lives on the loop.
 */
final class KeepAlive {
    /** A pong within this time, or the flow has failed (O-2). */
    static final Duration PONG_WITHIN = Duration.ofSeconds(10);

    /** For keep=0, sender's choice: RFC 5626 §4.4.1, mains powered, TCP (K-5). */
    private static final Duration OWN_CHOICE_MIN = Duration.ofSeconds(95);

    private static final Duration OWN_CHOICE_MAX = Duration.ofMinutes(2);

    /** How many times the time agreed on passes before a ping that is to be late. */
    private static final int LATE = 3;

    private final UeLoop loop;
    private final RandomGenerator random;
    private final Runnable ping;
    private final Consumer<String> flowFailed;
    private final Set<Misbehaviour> misbehaviours;
    private UeLoop.@Nullable Timer next;
    private UeLoop.@Nullable Timer watchdog;
    private @Nullable Instant pingedAt;
    private final List<CompletableFuture<Duration>> waiting = new ArrayList<>();
    private @Nullable Integer seconds;

    KeepAlive(UeLoop loop, RandomGenerator random, Runnable ping, Consumer<String> flowFailed) {
        this(loop, random, ping, flowFailed, Set.of());
    }

    KeepAlive(
            UeLoop loop,
            RandomGenerator random,
            Runnable ping,
            Consumer<String> flowFailed,
            Set<Misbehaviour> misbehaviours) {
        this.misbehaviours = misbehaviours;
        this.loop = loop;
        this.random = random;
        this.ping = ping;
        this.flowFailed = flowFailed;
    }

    /** What the 2xx to a REGISTER said. A value starts the pings or changes their pace, null ends them (U-3, K-6). */
    void negotiated(@Nullable Integer keepSeconds) {
        cancel(next);
        next = null;
        seconds = misbehaviours.contains(Misbehaviour.NO_PINGS) ? null : keepSeconds;
        if (seconds != null) {
            scheduleNext(seconds);
        }
    }

    private void scheduleNext(int keepSeconds) {
        Duration min = keepSeconds == 0
                ? OWN_CHOICE_MIN
                : Duration.ofSeconds(keepSeconds).multipliedBy(8).dividedBy(10);
        Duration max = keepSeconds == 0 ? OWN_CHOICE_MAX : Duration.ofSeconds(keepSeconds);
        long millis = random.nextLong(min.toMillis(), max.toMillis() + 1);
        int late = misbehaviours.contains(Misbehaviour.LATE_PINGS) ? LATE : 1;
        next = loop.schedule(Duration.ofMillis(millis).multipliedBy(late), this::due);
    }

    private void due() {
        ping();
        Integer pace = seconds;
        if (pace != null) {
            scheduleNext(pace);
        }
    }

    /** Pings, unless a ping is on its way; the time until the pong goes to {@code roundTrip}. */
    void pingNow(CompletableFuture<Duration> roundTrip) {
        waiting.add(roundTrip);
        ping();
    }

    private void ping() {
        if (pingedAt == null) {
            pingedAt = loop.now();
            watchdog = loop.schedule(PONG_WITHIN, this::noPong);
            ping.run();
        }
    }

    /** A CRLF came. One that nobody asked for is nothing. */
    void pong() {
        Instant since = pingedAt;
        if (since == null) {
            return;
        }
        pingedAt = null;
        cancel(watchdog);
        Duration roundTrip = Duration.between(since, loop.now());
        waiting.forEach(waiter -> waiter.complete(roundTrip));
        waiting.clear();
    }

    private void noPong() {
        String reason = "no pong within " + PONG_WITHIN.toSeconds() + " s of a ping";
        stop(reason);
        flowFailed.accept(reason);
    }

    /** Pings no more; who waits for a pong learns why. */
    void stop(String reason) {
        cancel(next);
        cancel(watchdog);
        next = null;
        seconds = null;
        pingedAt = null;
        waiting.forEach(waiter -> waiter.completeExceptionally(new SipFailure(reason)));
        waiting.clear();
    }

    private static void cancel(UeLoop.@Nullable Timer timer) {
        if (timer != null) {
            timer.cancel();
        }
    }
}

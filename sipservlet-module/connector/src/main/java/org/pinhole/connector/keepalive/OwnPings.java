package org.pinhole.connector.keepalive;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the edge itself keeps a flow's way open, by a lone line break that the phone ignores (RFC 3261 §7.5): where nothing was
 * negotiated and the phone has said nothing for the interval. Few phones offer {@code keep} yet, and some are silent while
 * idle. A phone whose connection ends right after one is taken to be unable to bear it, and gets none when it comes back. What
 * is sent is no sign of life. Times are {@link System#nanoTime()} values given by the caller. Safe for any thread.
 */
public final class OwnPings {
    /** The interval where none is configured, in seconds: what survives a firewall's minute. */
    private static final int DEFAULT_SECONDS = 45;
    /** Where nothing is configured, only what looks like the web needs it. */
    private static final int WEB_PORT = 443;
    /** How soon after a line break an end counts as its consequence. */
    private static final long CONSEQUENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final int REMEMBERED = 4096;

    private final long intervalNanos;
    private final Set<String> cannotBear = Collections.newSetFromMap(new LinkedHashMap<String, Boolean>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    });

    private OwnPings(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    /**
     * From a setting: {@code auto}, {@code off} or 10 to 1800 seconds.
     *
     * @param port the connector's, as phones know it
     * @throws IllegalArgumentException for anything else
     */
    public static OwnPings parse(String text, int port) {
        if ("auto".equals(text) || "off".equals(text)) {
            boolean on = "auto".equals(text) && port == WEB_PORT;
            return new OwnPings(on ? TimeUnit.SECONDS.toNanos(DEFAULT_SECONDS) : 0);
        }
        int seconds = text.matches("[0-9]{1,4}") ? Integer.parseInt(text) : 0;
        if (seconds < KeepAlive.MIN_SECONDS || seconds > KeepAlive.MAX_SECONDS) {
            throw new IllegalArgumentException(
                    KeepAlive.MIN_SECONDS + " to " + KeepAlive.MAX_SECONDS + ", auto or off expected");
        }
        return new OwnPings(TimeUnit.SECONDS.toNanos(seconds));
    }

    /** Whether there are any. */
    public boolean areOn() {
        return intervalNanos > 0;
    }

    /**
     * Whether a line break is due now.
     *
     * @param who whom the flow belongs to, or null when nobody knows
     */
    public boolean isDue(FlowLife life, @Nullable String who, long now) {
        return life.keepSeconds() < 0 && now - life.lastHeard() >= intervalNanos && bears(who);
    }

    private synchronized boolean bears(@Nullable String who) {
        return who == null || !cannotBear.contains(who);
    }

    /** How long until it has to be asked again, in nanoseconds; the answer to {@link #isDue} does not matter. */
    public long untilNext(FlowLife life, long now) {
        long left = life.lastHeard() + intervalNanos - now;
        return left > 0 ? left : intervalNanos;
    }

    /**
     * A flow has ended.
     *
     * @param lastPing when the last line break was sent on it; the caller has none to tell of otherwise
     * @return whether its phone gets no more of them
     */
    public boolean ended(FlowLife life, @Nullable String who, long lastPing, long now) {
        boolean consequence = now - lastPing <= CONSEQUENCE_NANOS && life.lastHeard() - lastPing < 0;
        if (!consequence || who == null) {
            return false;
        }
        synchronized (this) {
            return cannotBear.add(who);
        }
    }
}

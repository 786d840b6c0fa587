package org.pinhole.connector.keepalive;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * When the edge itself keeps a flow's way open, by a lone line break that the phone ignores (RFC 3261 §7.5): where nothing was
 * negotiated and the phone has said nothing for the interval. Few phones offer {@code keep} yet, and some are silent while
 * idle. A phone that hangs up right after one, and does so again when it has come back, is taken to be unable to bear them and
 * gets none, as the one device that it is: its user's others go on to. What is sent is no sign of life. Times are {@link
 * System#nanoTime()} values given by the caller. Safe for any thread.
 */
public final class OwnPings {
    /** The interval where none is configured, in seconds: what survives a firewall's minute. */
    private static final int DEFAULT_SECONDS = 45;
    /** Where nothing is configured, only what looks like the web needs it. */
    private static final int WEB_PORT = 443;
    /** How soon after a line break an end counts as its consequence. */
    private static final long CONSEQUENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Once may be chance: whoever ends an idle connection has some line break behind him. */
    private static final int ENOUGH = 2;

    private static final int REMEMBERED = 4096;

    private final long intervalNanos;
    /** By whom: how many connections in a row ended over a line break. Who has stood one since is not among them. */
    private final Map<String, Integer> hungUp = new LinkedHashMap<String, Integer>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };

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
     * @param who the device that is on the flow, or null when nobody knows
     */
    public boolean isDue(FlowLife life, @Nullable String who, long now) {
        return life.keepSeconds() < 0 && now - life.lastHeard() >= intervalNanos && bears(who);
    }

    private synchronized boolean bears(@Nullable String who) {
        return who == null || hungUp.getOrDefault(who, 0) < ENOUGH;
    }

    /** How long until it has to be asked again, in nanoseconds; the answer to {@link #isDue} does not matter. */
    public long untilNext(FlowLife life, long now) {
        long left = life.lastHeard() + intervalNanos - now;
        return left > 0 ? left : intervalNanos;
    }

    /**
     * A phone has ended its connection, in good order: a reset may come from a firewall that has forgotten the connection, of
     * which a line break is merely the first to hear.
     *
     * @param lastPing when the last line break was sent on it; the caller has none to tell of otherwise
     * @return whether its phone gets no more of them
     */
    public boolean hungUp(FlowLife life, @Nullable String who, long lastPing, long now) {
        boolean consequence = now - lastPing <= CONSEQUENCE_NANOS && life.lastHeard() - lastPing < 0;
        if (!consequence || who == null) {
            return false;
        }
        synchronized (this) {
            return hungUp.merge(who, 1, Integer::sum) == ENOUGH;
        }
    }

    /**
     * A flow is still open.
     *
     * @param lastPing when the last line break was sent on it
     */
    public void stood(@Nullable String who, long lastPing, long now) {
        if (who != null && now - lastPing > CONSEQUENCE_NANOS) {
            synchronized (this) {
                hungUp.remove(who);
            }
        }
    }
}

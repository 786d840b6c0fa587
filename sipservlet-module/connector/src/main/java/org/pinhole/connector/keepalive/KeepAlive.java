package org.pinhole.connector.keepalive;

import org.jspecify.annotations.Nullable;

/** What a connector answers to an offer of keep-alives: the value of its {@code keep} (RFC 6223 §4.4), or a refusal. */
public final class KeepAlive {
    /** The shortest interval that may be configured, in seconds. */
    public static final int MIN_SECONDS = 10;
    /** The longest interval that may be configured, in seconds. */
    public static final int MAX_SECONDS = 1800;

    /** The shortest grace that may be configured: more than the 10 s that a phone waits for its pong (RFC 5626 §4.4.1). */
    public static final int MIN_GRACE_SECONDS = 11;

    /** How late a ping may be when nothing else is said, in seconds. */
    public static final int DEFAULT_GRACE_SECONDS = 15;

    private final int seconds;
    private final int graceSeconds;

    private KeepAlive(int seconds, int graceSeconds) {
        this.seconds = seconds;
        this.graceSeconds = graceSeconds;
    }

    /**
     * From a setting: {@code off}, {@code 0} (the sender chooses, RFC 6223 §5) or 10 to 1800 seconds.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static KeepAlive parse(String text) {
        if ("off".equals(text)) {
            return new KeepAlive(-1, DEFAULT_GRACE_SECONDS);
        }
        int seconds;
        try {
            seconds = Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            seconds = -1;
        }
        if (seconds != 0 && (seconds < MIN_SECONDS || seconds > MAX_SECONDS)) {
            throw new IllegalArgumentException(MIN_SECONDS + " to " + MAX_SECONDS + ", 0 or off expected");
        }
        return new KeepAlive(seconds, DEFAULT_GRACE_SECONDS);
    }

    /** The same, with pings allowed to be this late: {@link #MIN_GRACE_SECONDS} or more. */
    public KeepAlive withGrace(int seconds) {
        return new KeepAlive(this.seconds, seconds);
    }

    /** How late a ping may be, in seconds. */
    public int graceSeconds() {
        return graceSeconds;
    }

    /** How long a phone may wait until its next ping, in seconds; 0 where none is asked for. */
    public int longestSeconds() {
        return seconds < 0 ? 0 : FlowLife.interval(seconds);
    }

    /** The value to put into {@code keep}, or null to refuse. */
    public @Nullable String value() {
        return seconds < 0 ? null : Integer.toString(seconds);
    }

    /** The value for a Flow-Timer (RFC 5626 §5.4), which has no word for "you choose"; null for none. */
    public @Nullable String flowTimer() {
        return seconds <= 0 ? null : Integer.toString(seconds);
    }
}

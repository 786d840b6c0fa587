package org.pinhole.connector.keepalive;

import org.jspecify.annotations.Nullable;

/** What a connector answers to an offer of keep-alives: the value of its {@code keep} (RFC 6223 §4.4), or a refusal. */
public final class KeepAlive {
    /** The shortest interval that may be configured, in seconds. */
    public static final int MIN_SECONDS = 10;
    /** The longest interval that may be configured, in seconds. */
    public static final int MAX_SECONDS = 1800;

    private static final KeepAlive OFF = new KeepAlive(-1);

    private final int seconds;

    private KeepAlive(int seconds) {
        this.seconds = seconds;
    }

    /**
     * From a setting: {@code off}, {@code 0} (the sender chooses, RFC 6223 §5) or 10 to 1800 seconds.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static KeepAlive parse(String text) {
        if ("off".equals(text)) {
            return OFF;
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
        return new KeepAlive(seconds);
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

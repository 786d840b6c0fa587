package org.pinhole.turn.allocation;

import java.util.concurrent.TimeUnit;

/** How long things live (RFC 8656 §3.2, §9, §12). */
public final class Lifetimes {
    public static final long DEFAULT_SECONDS = 600;
    public static final long MAX_SECONDS = 3600;
    static final long PERMISSION_NANOS = TimeUnit.SECONDS.toNanos(300);
    static final long CHANNEL_NANOS = TimeUnit.SECONDS.toNanos(600);

    /** RFC 6062 §5.2, §5.3. */
    static final long PENDING_CONNECTION_NANOS = TimeUnit.SECONDS.toNanos(30);
    /** "at least 30 seconds" (RFC 8656 §7.2). */
    static final long RESERVATION_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Lifetimes() {}

    /** What an Allocate or Refresh gets that asks for so many seconds: at least the default, at most the maximum. */
    public static long clamp(long requestedSeconds) {
        return Math.max(DEFAULT_SECONDS, Math.min(requestedSeconds, MAX_SECONDS));
    }
}

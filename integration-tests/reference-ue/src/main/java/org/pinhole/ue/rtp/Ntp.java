package org.pinhole.ue.rtp;

import java.time.Duration;
import java.time.Instant;

/** Times as RTCP has them (RFC 3550 §4). */
final class Ntp {
    /** From 1900 to 1970. */
    private static final long EPOCH_SECONDS = 2_208_988_800L;

    private static final long NANOS = 1_000_000_000L;

    private Ntp() {}

    /** 32.32 bits of seconds since 1900. */
    static long of(Instant time) {
        return ((time.getEpochSecond() + EPOCH_SECONDS) << 32) | (((long) time.getNano() << 32) / NANOS);
    }

    /** The middle 32 bits. */
    static long shortTime(Instant time) {
        return (of(time) >> 16) & 0xFFFF_FFFFL;
    }

    /** A time that passed, in 1/65536 s. */
    static long shortTime(Duration duration) {
        return duration.toMillis() * 65_536 / 1000;
    }

    static Duration ofShort(long time) {
        return Duration.ofNanos((time * NANOS) >> 16);
    }
}

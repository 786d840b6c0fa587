package org.pinhole.turn.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A wall clock that a test turns by hand. */
final class HandClock implements InstantSource {
    private Instant now = Instant.ofEpochSecond(1_790_000_000L);

    void advance(Duration by) {
        now = now.plus(by);
    }

    @Override
    public Instant instant() {
        return now;
    }
}

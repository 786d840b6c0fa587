package org.pinhole.turn.allocation;

/** Time that never jumps, in nanoseconds from anywhere; {@code System::nanoTime} in the server, a hand in tests. */
@FunctionalInterface
public interface NanoClock {
    long nanoTime();
}

package org.pinhole.ue.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long to go on, and whether to show the wire. */
final class StayOptions {
    private static final Duration FOR_EVER = Duration.ofDays(365);

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "How long to stay registered or in the call (default 5), or to wait for one (default 300).")
    private @Nullable Integer durationSeconds;

    @Option(names = "--keep", description = "Stay registered until Ctrl-C.")
    private boolean keep;

    @Option(names = "--trace", description = "Print what is on the wire, inside TLS.")
    private boolean trace;

    @Option(
            names = "--ring",
            paramLabel = "SECONDS",
            description = "How long a call that comes rings before it is answered (default: ${DEFAULT-VALUE}).")
    private int ringSeconds;

    Duration ringing() {
        return Duration.ofSeconds(ringSeconds);
    }

    Duration duration(int defaultSeconds) {
        return Duration.ofSeconds(durationSeconds == null ? defaultSeconds : durationSeconds);
    }

    boolean keep() {
        return keep;
    }

    /** How long to stay when there is nothing left to do. */
    Duration stay(int defaultSeconds) {
        return keep ? FOR_EVER : duration(defaultSeconds);
    }

    boolean trace() {
        return trace;
    }
}

package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options about operating the server. */
final class AdminOptions {
    @Option(
            names = "--admin-listen",
            paramLabel = "A:P",
            description = "Metrics, status, drain and reload over HTTP; loopback only.")
    @Nullable
    InetSocketAddress listen;

    @Option(
            names = "--admin-token-file",
            paramLabel = "F",
            description = "Token for the admin port; the file must be its owner's alone (mode 600).")
    @Nullable
    Path tokenFile;

    @Option(
            names = "--watch-seconds",
            paramLabel = "N",
            description = "How often files are looked at for changes, which are then read, and the machine for new"
                    + " addresses; 0 for never"
                    + " (default: ${DEFAULT-VALUE}).")
    int watchSeconds = 10;
}

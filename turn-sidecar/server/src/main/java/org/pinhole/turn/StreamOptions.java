package org.pinhole.turn;

import java.util.ArrayList;
import java.util.List;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.transport.StreamLimits;
import picocli.CommandLine.Option;

/** The options about TCP and TLS connections. */
final class StreamOptions {
    @Option(
            names = "--proxy-from",
            paramLabel = "CIDR",
            description = "Load balancers whose TCP and TLS connections begin with a PROXY protocol header"
                    + " (version 1 or 2); may be repeated. Nobody else may send one.")
    List<Cidr> proxies = new ArrayList<>();

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            description = "TCP and TLS connections in all (default: ${DEFAULT-VALUE}).")
    int maxConnections = 10_000;

    @Option(
            names = "--max-connections-per-source",
            paramLabel = "N",
            description = "TCP and TLS connections of one IPv4 address or IPv6 /64 (default: ${DEFAULT-VALUE}).")
    int maxConnectionsPerSource = 1_000;

    @Option(
            names = "--handshake-seconds",
            paramLabel = "N",
            description = "For a PROXY header, and for a TLS handshake (default: ${DEFAULT-VALUE}).")
    int handshakeSeconds = (int) StreamLimits.DEFAULT.handshake().toSeconds();

    @Option(
            names = "--first-message-seconds",
            paramLabel = "N",
            description = "For the first STUN message of a TCP or TLS connection (default: ${DEFAULT-VALUE}).")
    int firstMessageSeconds = (int) StreamLimits.DEFAULT.firstMessage().toSeconds();

    @Option(
            names = "--idle-seconds",
            paramLabel = "N",
            description = "For a TCP or TLS connection that has no allocation and says nothing"
                    + " (default: ${DEFAULT-VALUE}).")
    int idleSeconds = (int) StreamLimits.DEFAULT.idle().toSeconds();

    @Option(
            names = "--slow-reader-seconds",
            paramLabel = "N",
            description = "For a TCP or TLS client to take something of what waits for it (default: ${DEFAULT-VALUE}).")
    int slowReaderSeconds = (int) StreamLimits.DEFAULT.slowReader().toSeconds();

    @Option(
            names = "--queue-millis",
            paramLabel = "N",
            description = "How long a relayed packet waits for a slow TCP or TLS client (default: ${DEFAULT-VALUE}).")
    int queueMillis = (int) StreamLimits.DEFAULT.queueAge().toMillis();

    @Option(
            names = "--queue-kilobytes",
            paramLabel = "N",
            description = "How much may wait for it; beyond that the oldest large packet is dropped first"
                    + " (default: ${DEFAULT-VALUE}).")
    int queueKilobytes = StreamLimits.DEFAULT.queueBytes() / 1024;
}

package org.pinhole.turn;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.QuotaLimits;
import org.pinhole.turn.relay.Cidr;
import picocli.CommandLine.Option;

/** The options about what users may do; all of them change with a reload. */
final class PolicyOptions {
    @Option(
            names = "--allow-peer",
            paramLabel = "CIDR",
            description =
                    "Allow peers that are refused by default (loopback, private, link-local, this machine's own, ...);"
                            + " may be repeated.")
    List<Cidr> allowedPeers = new ArrayList<>();

    @Option(
            names = "--deny-peer",
            paramLabel = "CIDR",
            description = "Refuse these peers whatever else is allowed; may be repeated.")
    List<Cidr> deniedPeers = new ArrayList<>();

    @Option(
            names = "--user-quota",
            paramLabel = "N",
            description = "Allocations that one user may hold at once (default: ${DEFAULT-VALUE}).")
    int userQuota = QuotaLimits.DEFAULT.allocationsOfUser();

    @Option(
            names = "--total-quota",
            paramLabel = "N",
            description = "Allocations of all users at once; 0 for no limit (default: ${DEFAULT-VALUE}).")
    int totalQuota = QuotaLimits.DEFAULT.allocations();

    @Option(
            names = "--user-connection-quota",
            paramLabel = "N",
            description = "TCP connections with peers (RFC 6062) that one user may have at once"
                    + " (default: ${DEFAULT-VALUE}).")
    int userConnectionQuota = QuotaLimits.DEFAULT.connectionsOfUser();

    @Option(
            names = "--total-connection-quota",
            paramLabel = "N",
            description = "TCP connections with peers of all users; 0 for no limit (default: ${DEFAULT-VALUE}).")
    int totalConnectionQuota = QuotaLimits.DEFAULT.connections();

    @Option(
            names = "--no-tcp-relays",
            description = "Refuse relays for TCP connections with peers (RFC 6062) with 442; UDP relays only.")
    boolean noTcpRelays;

    @Option(
            names = "--user-kilobytes-per-second",
            paramLabel = "N",
            description =
                    "User data of one user, both directions together; 0 for no limit" + " (default: ${DEFAULT-VALUE}).")
    int userKilobytesPerSecond;

    @Option(
            names = "--total-kilobytes-per-second",
            paramLabel = "N",
            description = "User data of all users, both directions together; 0 for no limit"
                    + " (default: ${DEFAULT-VALUE}).")
    int totalKilobytesPerSecond;

    @Option(
            names = "--unverified-answers-per-second",
            paramLabel = "N",
            description = "Answers to an IPv4 /24 or IPv6 /56 whose requests prove nothing, so that nobody is flooded"
                    + " through this server, and as many user look-ups for it; 0 for no limit to either"
                    + " (default: ${DEFAULT-VALUE}).")
    int answersPerSecond = 300;

    @Option(
            names = "--alternate-server",
            paramLabel = "A:P",
            description = "Where clients are sent (300) while this server drains, or has no room for them;"
                    + " one IPv4 and one IPv6 address.")
    List<InetSocketAddress> alternateServers = new ArrayList<>();

    @Option(
            names = "--alternate-domain",
            paramLabel = "D",
            description = "The name that the alternate server's certificate has.")
    @Nullable
    String alternateDomain;
}

package org.pinhole.ue.cli;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.discovery.Discovery;
import org.pinhole.ue.discovery.DnsjavaRecords;
import org.pinhole.ue.outbound.Ladder;
import org.pinhole.ue.outbound.LadderPorts;
import org.pinhole.ue.sip.Misbehaviour;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TunnelRoute;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who, where to and through what: the options that every sub-command has that needs to register. */
@SuppressWarnings("NullAway.Init") // picocli sets the required ones before anybody reads them
final class ConnectionOptions {
    @Option(
            names = "--server",
            paramLabel = "HOST[:PORT]",
            converter = ServerConverter.class,
            description =
                    "The edge, reached by TLS; with --proxy the proxy resolves the name. Without a port every way is"
                            + " tried and told: UDP 5060, TLS 5061, TLS 443, CONNECT 443. Give it again for each further"
                            + " edge, in order of preference. Default: what the domain's NAPTR and SRV records name for"
                            + " SIP over TLS.")
    private @Nullable List<ServerAddress> servers;

    private boolean discovered;

    @Option(
            names = "--flows",
            paramLabel = "N",
            description =
                    "How many flows to keep, each on an edge of its own (default: one per --server). With fewer flows"
                            + " than edges a flow that dies moves to an edge that is free.")
    private @Nullable Integer flows;

    @Option(names = "--domain", required = true, paramLabel = "DOMAIN", description = "The SIP domain of the user.")
    private String domain;

    @Option(
            names = "--misbehave",
            paramLabel = "HOW",
            converter = MisbehaviourConverter.class,
            description =
                    "For tests of servers, do this wrong: split-pings, late-pings, no-pings, planted-keep, replays,"
                            + " wrong-nc, reused-token, slow-reading. Again for each further one.")
    private Set<Misbehaviour> misbehaviours = Set.of();

    @Option(
            names = "--realm",
            paramLabel = "REALM",
            description = "Answer challenges of this realm with the password, too; again for each further one. Default:"
                    + " those of --domain and of whoever challenges REGISTER.")
    private Set<String> realms = Set.of();

    @Mixin
    private PasswordOptions password;

    @Mixin
    private InstanceOptions instance;

    @Mixin
    private ReachOptions reach;

    ReachOptions reach() {
        return reach;
    }

    /** How many edges there are. */
    int edges() throws IOException {
        return servers().size();
    }

    /** Those that were named, else those that the domain names (RFC 3263). */
    private List<ServerAddress> servers() throws IOException {
        List<ServerAddress> known = servers;
        if (known == null) {
            known = new Discovery(DnsjavaRecords.system(), new SecureRandom())
                    .requireEdges(domain).stream()
                            .map(edge -> new ServerAddress(edge.host(), edge.port()))
                            .toList();
            servers = known;
            discovered = true;
        }
        return known;
    }

    /** The routes to the edges, in order; the report hears of each rung where one had to be found. */
    List<TunnelRoute> routes(FlowReport report) throws IOException {
        List<TunnelRoute> routes = new ArrayList<>();
        List<ServerAddress> edges = servers();
        if (discovered) {
            report.say("discovery", "the DNS names " + edges);
        }
        for (ServerAddress server : edges) {
            TunnelRoute route = route(server.onWebPort(), certificateName(), reach);
            if (server.port() == null) {
                Ladder ladder = Ladder.to(route, LadderPorts.STANDARD, route.proxy());
                route = ladder.climb(rung -> report.say("rung", rung.toString()));
            }
            routes.add(route);
        }
        return routes;
    }

    /** How many flows to keep. */
    int flows() throws IOException {
        return flows == null ? edges() : flows;
    }

    /** Who we are, on the first edge; the report learns where the instance-id came from if that is worth a line. */
    UeSettings settings(FlowReport report) throws IOException {
        HostPort first = servers().get(0).onWebPort();
        return UeSettings.of(route(first, certificateName(), reach), domain, password.user(), password.password())
                .withInstance(instance.id(report))
                .trustingRealms(realms)
                .misbehaving(misbehaviours);
    }

    /**
     * What an edge's certificate has to say; null for its own name. The DNS proves nothing: an edge that it named has to
     * show the name that was asked about (RFC 5922 §4).
     */
    private @Nullable String certificateName() {
        return reach.serverName() == null && discovered ? domain : reach.serverName();
    }

    static UeSettings settings(HostPort server, String domain, PasswordOptions password, ReachOptions reach)
            throws IOException {
        return UeSettings.of(route(server, reach.serverName(), reach), domain, password.user(), password.password());
    }

    private static TunnelRoute route(HostPort server, @Nullable String serverName, ReachOptions reach)
            throws IOException {
        TunnelRoute route = TunnelRoute.to(server, reach.trust()).through(reach.httpProxy(server));
        return serverName == null ? route : route.named(serverName);
    }
}

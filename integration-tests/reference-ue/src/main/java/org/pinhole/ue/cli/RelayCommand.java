package org.pinhole.ue.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.sip.SipResponse;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.turn.Allocation;
import org.pinhole.ue.turn.Channel;
import org.pinhole.ue.turn.EchoResult;
import org.pinhole.ue.turn.RelayEcho;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnException;
import org.pinhole.ue.turn.TurnGrant;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Opens two relays and sends packets from one to the other and back. */
@Command(
        name = "relay",
        mixinStandardHelpOptions = true,
        description =
                "Opens two allocations, tells the relayed addresses, sends packets from one to the other and back,"
                        + " and counts what was lost or altered. Without --server the user and password are used as they are;"
                        + " with it the UE registers and uses what the 200 grants.")
@SuppressWarnings("NullAway.Init") // picocli sets these before it calls
final class RelayCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--turn",
            paramLabel = "URI",
            converter = TurnUriConverter.class,
            description = "The server: turn:HOST:PORT?transport=udp|tcp or turns:HOST:PORT. Default: the first that the"
                    + " 200 to REGISTER names.")
    private @Nullable TurnUri turn;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The edge to register with first, for the credentials that it grants; needs --domain.")
    private @Nullable HostPort server;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "The SIP domain of the user, with --server.")
    private @Nullable String domain;

    @Mixin
    private PasswordOptions password;

    @Mixin
    private ReachOptions reach;

    @Mixin
    private ReportOptions report;

    @Option(names = "--packets", paramLabel = "N", description = "How many packets (default: ${DEFAULT-VALUE}).")
    private int packets = 1000;

    @Option(names = "--size", paramLabel = "BYTES", description = "The size of each (default: ${DEFAULT-VALUE}).")
    private int size = 160;

    @Override
    public Integer call() throws IOException {
        try {
            RelayEcho.require(packets, size);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        if (server != null && domain != null) {
            registered(server, domain);
            return 0;
        }
        if (server != null || turn == null) {
            throw new ParameterException(spec.commandLine(), "give --turn, or --server and --domain to register");
        }
        String serverName = reach.serverName();
        TurnRoute route = route(turn);
        echo(
                serverName == null ? route : route.named(serverName),
                new TurnCredentials(password.user(), password.password()));
        return 0;
    }

    private void registered(HostPort edge, String sipDomain) throws IOException {
        try (UserAgent agent =
                UserAgent.connect(ConnectionOptions.settings(edge, sipDomain, password, reach), WireListener.NONE)) {
            SipResponse answer = agent.register().exchange().response();
            try {
                String header = answer.headers().find(TurnGrant.HEADER);
                say("REGISTER", answer.startLine() + ", " + TurnGrant.HEADER + " " + presence(header));
                if (header == null) {
                    throw new TurnException("the 200 to REGISTER grants no relay: it has no " + TurnGrant.HEADER
                            + "; ask the server's operator for TURN, or give --turn without --server");
                }
                TurnGrant grant = TurnGrant.parse(header);
                echo(route(turn == null ? first(grant) : turn), grant.credentials());
            } finally {
                agent.unregister();
            }
        }
    }

    private static String presence(@Nullable String header) {
        return header == null ? "absent" : "present";
    }

    /** The first that can be reached from here. */
    private TurnUri first(TurnGrant grant) throws IOException {
        for (TurnUri uri : grant.uris()) {
            if (uri.reachable(reach.httpProxy(uri.server()) != null)) {
                return uri;
            }
        }
        throw new TurnException(
                "no server of " + grant.uris() + " can be reached through an HTTP proxy; turns: on port 443 can");
    }

    private TurnRoute route(TurnUri uri) throws IOException {
        boolean proxied = uri.transport() != TurnTransport.UDP || reach.proxyChosen();
        return TurnRoute.to(uri, reach.trust()).through(proxied ? reach.httpProxy(uri.server()) : null);
    }

    private void echo(TurnRoute route, TurnCredentials credentials) throws IOException {
        try (TurnClient near = open(route, credentials);
                TurnClient far = open(route, credentials)) {
            Allocation nearRelay = allocate(near);
            Allocation farRelay = allocate(far);
            Channel toFar = near.bindChannel(farRelay.relayed());
            Channel toNear = far.bindChannel(nearRelay.relayed());
            EchoResult result = new RelayEcho(near, toFar, far, toNear, InstantSource.system()).run(packets, size);
            say("echo", result.toString());
            if (!result.clean()) {
                throw new TurnException("not every packet came back as it was sent: " + result);
            }
        }
    }

    private TurnClient open(TurnRoute route, TurnCredentials credentials) throws IOException {
        TurnClient client = TurnClient.open(route, credentials);
        ConnectReply reply = client.connectReply();
        TlsFacts tls = client.tls();
        say(
                route.uri().toString(),
                (reply == null ? "no proxy" : "CONNECT: " + reply.statusLine())
                        + (tls == null ? "" : ", " + tls.protocol() + " " + tls.cipherSuite()));
        return client;
    }

    private Allocation allocate(TurnClient client) throws IOException {
        Allocation granted = client.allocate();
        say(
                "Allocate",
                "relayed " + text(granted.relayed()) + ", " + granted.lifetime().toSeconds() + " s, "
                        + client.authenticated());
        return granted;
    }

    private static String text(InetSocketAddress address) {
        return new HostPort(address.getAddress().getHostAddress(), address.getPort()).authority();
    }

    private void say(String step, String seen) {
        report.report(spec).say(step, seen);
    }
}

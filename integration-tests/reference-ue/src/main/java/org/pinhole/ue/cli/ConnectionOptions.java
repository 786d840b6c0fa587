package org.pinhole.ue.cli;

import java.io.IOException;
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
            required = true,
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "The edge, reached by TLS; with --proxy the proxy resolves the name.")
    private HostPort server;

    @Option(names = "--domain", required = true, paramLabel = "DOMAIN", description = "The SIP domain of the user.")
    private String domain;

    @Mixin
    private PasswordOptions password;

    @Mixin
    private ReachOptions reach;

    UeSettings settings() throws IOException {
        return settings(server, domain, password, reach);
    }

    static UeSettings settings(HostPort server, String domain, PasswordOptions password, ReachOptions reach)
            throws IOException {
        TunnelRoute route = TunnelRoute.to(server, reach.trust()).through(reach.httpProxy());
        String serverName = reach.serverName();
        if (serverName != null) {
            route = route.named(serverName);
        }
        return UeSettings.of(route, domain, password.user(), password.password());
    }
}

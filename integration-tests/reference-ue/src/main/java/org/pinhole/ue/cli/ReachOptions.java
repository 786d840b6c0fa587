package org.pinhole.ue.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.EnvironmentProxies;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxyCredentials;
import org.pinhole.ue.tunnel.ProxySource;
import org.pinhole.ue.tunnel.Trust;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Through what, and whose certificates count. */
@SuppressWarnings("NullAway.Init") // picocli sets spec before anybody reads it
final class ReachOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description =
                    "The name for SNI that the certificate must carry. Default: the host of --server; for an edge that"
                            + " the DNS named, --domain.")
    private @Nullable String serverName;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            converter = ProxyConverter.class,
            description =
                    "An HTTP proxy to go through by CONNECT; 'none' for none, 'system' for what this desktop or Java"
                            + " installation is set to, 'pac:FILE' or 'pac:URL' for what that PAC script says. Default: https_proxy, all_proxy and no_proxy of the environment.")
    private @Nullable ProxySource proxy;

    @Option(
            names = "--proxy-user",
            paramLabel = "USER",
            description = "The user for a proxy that asks for Digest or Basic; needs --proxy-password-file.")
    private @Nullable String proxyUser;

    @Option(
            names = "--proxy-password-file",
            paramLabel = "FILE",
            description = "A file whose first line is the proxy user's password.")
    private @Nullable Path proxyPasswordFile;

    @Option(
            names = "--ca-file",
            paramLabel = "PEM",
            description = "The CA certificates to trust. Default: those of the system.")
    private @Nullable Path caFile;

    @Nullable
    String serverName() {
        return serverName;
    }

    Trust trust() throws IOException {
        return caFile == null ? Trust.system() : Trust.ofPem(caFile);
    }

    /** Whether the proxy is one that was asked for here, so that what it cannot carry is an error. */
    boolean proxyChosen() {
        return proxy != null && proxy != ProxySource.NONE;
    }

    /** The proxy on the way to this server, or null. */
    @Nullable
    HttpProxy httpProxy(HostPort server) throws IOException {
        if ((proxyUser == null) != (proxyPasswordFile == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--proxy-user and --proxy-password-file: give both, or neither");
        }
        ProxySource source = proxy == null ? EnvironmentProxies.of(System.getenv()) : proxy;
        HttpProxy found = source.find(server);
        if (found == null || proxyUser == null || proxyPasswordFile == null) {
            return found;
        }
        return new HttpProxy(
                found.address(), ProxyCredentials.of(proxyUser, PasswordOptions.firstLine(proxyPasswordFile)));
    }
}

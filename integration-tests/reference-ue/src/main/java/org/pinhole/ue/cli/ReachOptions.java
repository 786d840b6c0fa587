package org.pinhole.ue.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxyCredentials;
import org.pinhole.ue.tunnel.Trust;
import picocli.CommandLine.Option;

/** Through what, and whose certificates count. */
final class ReachOptions {
    @Option(
            names = "--server-name",
            paramLabel = "NAME",
            description = "The name for SNI that the certificate must carry. Default: the host of --server.")
    private @Nullable String serverName;

    @Option(
            names = "--proxy",
            paramLabel = "HOST:PORT",
            converter = HostPortConverter.class,
            description = "An HTTP proxy to go through by CONNECT.")
    private @Nullable HostPort proxy;

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

    @Nullable
    HttpProxy httpProxy() throws IOException {
        if (proxy == null) {
            return null;
        }
        if (proxyUser == null || proxyPasswordFile == null) {
            return HttpProxy.at(proxy);
        }
        return new HttpProxy(proxy, ProxyCredentials.of(proxyUser, PasswordOptions.firstLine(proxyPasswordFile)));
    }
}

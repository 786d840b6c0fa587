package org.pinhole.ue.tunnel;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The proxy that the environment names, as curl reads it: {@code https_proxy}, else {@code all_proxy}, less what
 * {@code no_proxy} lists; in small letters first. This machine itself is never reached through one. Pure.
 */
public final class EnvironmentProxies implements ProxySource {
    private final @Nullable String url;
    private final NoProxy exceptions;

    private EnvironmentProxies(@Nullable String url, NoProxy exceptions) {
        this.url = url;
        this.exceptions = exceptions;
    }

    /** Reads these variables, such as those of {@link System#getenv()}. */
    public static EnvironmentProxies of(Map<String, String> variables) {
        String https = variable(variables, "https_proxy");
        String exceptions = variable(variables, "no_proxy");
        return new EnvironmentProxies(
                https == null ? variable(variables, "all_proxy") : https,
                NoProxy.parse(exceptions == null ? "" : exceptions));
    }

    private static @Nullable String variable(Map<String, String> variables, String name) {
        String small = variables.get(name);
        String value = small == null ? variables.get(name.toUpperCase(Locale.ROOT)) : small;
        return value == null || value.isBlank() ? null : value.trim();
    }

    @Override
    public @Nullable HttpProxy find(HostPort server) throws TunnelException {
        return url == null || NoProxy.isThisMachine(server.host()) || exceptions.lists(server)
                ? null
                : ProxyUrl.parse(url);
    }
}

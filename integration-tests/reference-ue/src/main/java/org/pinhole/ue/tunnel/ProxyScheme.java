package org.pinhole.ue.tunnel;

import org.jspecify.annotations.Nullable;

/**
 * A scheme of proxy authentication that the UE does not do itself, such as Negotiate with the system's Kerberos ticket
 * (RFC 4559). It goes before Digest and Basic where the proxy offers it. One instance serves one CONNECT: all legs of it are
 * on one connection.
 */
public interface ProxyScheme {
    /** As it stands in Proxy-Authenticate, such as {@code Negotiate}. */
    String name();

    /**
     * The token to send after the scheme's name, or null when there is nothing more to say.
     *
     * @param token what came behind the name in the proxy's challenge, empty at first
     */
    @Nullable
    String answer(HostPort proxy, String token) throws TunnelException;
}

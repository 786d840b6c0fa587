package org.pinhole.ue.tunnel;

/** The connection ended in the TLS handshake before the server showed a certificate, by whoever is on the way, or its own end. */
final class TlsCutOff extends TunnelException {
    private static final long serialVersionUID = 1L;

    TlsCutOff(TunnelRoute route, Exception cause) {
        super(
                "TLS with " + route.serverName() + " was cut off before a certificate came (" + cause.getMessage() + ")"
                        + (route.applicationProtocols().isEmpty()
                                ? ""
                                : "; something on the way may not let ALPN "
                                        + String.join(", ", route.applicationProtocols()) + " pass"),
                cause);
    }
}

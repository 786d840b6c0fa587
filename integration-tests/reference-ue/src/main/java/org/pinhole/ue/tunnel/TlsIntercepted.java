package org.pinhole.ue.tunnel;

/** The certificate chain does not lead to a CA that we trust: somebody on the way answers in the edge's place. */
public final class TlsIntercepted extends TunnelException {
    private static final long serialVersionUID = 1L;
    private final String issuer;

    TlsIntercepted(String issuer, String serverName, Throwable cause) {
        super(
                "TLS intercepted: issuer " + issuer + " is not trusted for " + serverName
                        + "; if this is the edge's own CA, give it as CA file",
                cause);
        this.issuer = issuer;
    }

    /** Who signed the certificate that was shown. */
    public String issuer() {
        return issuer;
    }
}

package org.pinhole.ue.tunnel;

/** The proxy answered CONNECT, but not with a 2xx. */
public final class ConnectRefused extends TunnelException {
    private static final long serialVersionUID = 1L;
    private final int status;

    private ConnectRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    static ConnectRefused of(HostPort proxy, HostPort target, ConnectReply reply, boolean credentialsSent) {
        String seen = "proxy " + proxy + " answered CONNECT " + target + " with " + reply.statusLine();
        String advice = switch (reply.status()) {
            case 403 -> "; it forbids this host or port, as a rule it allows port 443 only";
            case 407 ->
                credentialsSent
                        ? "; it did not take the proxy user and password given"
                        : "; it wants a user (" + String.join(", ", reply.all("Proxy-Authenticate"))
                                + "); give one, Digest and Basic are what this UE can do";
            default -> "";
        };
        return new ConnectRefused(reply.status(), seen + advice);
    }

    /** The HTTP status, such as 403 or 407. */
    public int status() {
        return status;
    }
}

package org.pinhole.ue.outbound;

import java.io.IOException;
import java.time.Duration;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;
import org.pinhole.ue.tunnel.Tunnel;
import org.pinhole.ue.tunnel.TunnelRoute;

/** TLS to a port, straight or by CONNECT: stands when the handshake ends with a certificate that is the edge's. */
record TlsRung(String name, TunnelRoute route, Duration patience) implements Rung {
    @Override
    public Tried attempt() throws IOException {
        try (Tunnel tunnel = Tunnel.open(route.within(patience))) {
            ConnectReply reply = tunnel.connectReply();
            TlsFacts tls = tunnel.tls();
            String seen = (reply == null ? "" : reply.statusLine() + ", ") + tls.protocol()
                    + (tls.applicationProtocol() == null ? ", no ALPN" : ", ALPN " + tls.applicationProtocol())
                    + ", certificate of " + String.join(" ", tls.subjectAltNames());
            return new Tried(seen, route);
        }
    }
}

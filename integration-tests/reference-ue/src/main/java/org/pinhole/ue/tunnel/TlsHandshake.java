package org.pinhole.ue.tunnel;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS with the edge over a connection that stands: SNI, ALPN, and the certificate checked against the server name (U-1). */
final class TlsHandshake {
    private final TunnelRoute route;
    private final InstantSource clock;

    TlsHandshake(TunnelRoute route, InstantSource clock) {
        this.route = route;
        this.clock = clock;
    }

    /** Completes the handshake, all of it within the route's deadline. */
    Shaken over(Socket socket) throws IOException {
        SSLSocket tls = (SSLSocket) route.trust()
                .context()
                .getSocketFactory()
                .createSocket(socket, route.serverName(), route.server().port(), true);
        SeenChain seen = route.trust().manager().watch(tls);
        try {
            shake(socket, tls, seen);
        } finally {
            route.trust().manager().letGo(tls);
        }
        return new Shaken(tls, TlsFacts.of(tls, seen.leaf() == null));
    }

    /** A connection that TLS stands on. */
    record Shaken(SSLSocket socket, TlsFacts facts) {}

    private void shake(Socket under, SSLSocket tls, SeenChain seen) throws IOException {
        tls.setUseClientMode(true);
        tls.setSSLParameters(parameters(tls.getSSLParameters()));
        tls.setSoTimeout((int) route.deadline().toMillis());
        try (Deadline end = Deadline.on(under, route.deadline())) {
            handshake(tls, end);
        } catch (SSLException e) {
            throw cutOff(e) && seen.leaf() == null ? new TlsCutOff(route, e) : explained(e, seen);
        } catch (SocketException e) {
            throw seen.leaf() == null ? new TlsCutOff(route, e) : e;
        }
        if ("http/1.1".equals(tls.getApplicationProtocol())) {
            throw new TunnelException("the server chose http/1.1 for this connection; SIP must not be spoken on it");
        }
        tls.setSoTimeout(0);
    }

    /** One that drips is as bad as one that is silent. */
    private static void handshake(SSLSocket tls, Deadline end) throws IOException {
        try {
            tls.startHandshake();
        } catch (SSLException | SocketException e) {
            if (end.passed()) {
                SocketTimeoutException late = new SocketTimeoutException("the handshake did not end");
                late.initCause(e);
                throw late;
            }
            throw e;
        }
    }

    /** A close without a word, or a reset; the JDK tells either as a handshake that failed. */
    private static boolean cutOff(SSLException e) {
        return e.getCause() instanceof EOFException || e.getCause() instanceof SocketException;
    }

    private SSLParameters parameters(SSLParameters parameters) {
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setApplicationProtocols(route.applicationProtocols().toArray(new String[0]));
        if (!isAddress(route.serverName())) {
            parameters.setServerNames(List.of(new SNIHostName(route.serverName())));
        }
        return parameters;
    }

    /** RFC 6066 §3 forbids literal addresses in SNI. */
    private static boolean isAddress(String name) {
        return name.indexOf(':') >= 0 || name.matches("[0-9.]+");
    }

    private IOException explained(SSLException e, SeenChain seen) {
        X509Certificate leaf = seen.leaf();
        if (leaf == null) {
            return new TunnelException("TLS with " + route.serverName() + " failed: " + e.getMessage(), e);
        }
        Instant now = clock.instant();
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return new TunnelException(
                    "the certificate of " + route.serverName() + " expired on "
                            + leaf.getNotAfter().toInstant(),
                    e);
        }
        if (seen.trusted()) {
            return new TunnelException(
                    "the certificate is for " + TlsFacts.namesOf(leaf) + ", not for " + route.serverName()
                            + "; check the server name",
                    e);
        }
        return new TlsIntercepted(leaf.getIssuerX500Principal().getName(), route.serverName(), e);
    }
}

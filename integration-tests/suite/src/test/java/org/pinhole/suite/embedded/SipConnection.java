package org.pinhole.suite.embedded;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A client's connection, plain or TLS, that writes exactly the bytes it is given, one write (and so one record) each. */
final class SipConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    /** What is below TLS. */
    private final Socket connected;

    private final DataInputStream in;

    private SipConnection(Socket socket, Socket connected) throws IOException {
        this.socket = socket;
        this.connected = connected;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        this.in = new DataInputStream(socket.getInputStream());
    }

    static SipConnection tcp(int port) throws IOException {
        return tcp(port, "");
    }

    /** With what a proxy says first, an octet for each character. */
    static SipConnection tcp(int port, String proxyHeader) throws IOException {
        Socket socket = connected(port, proxyHeader);
        return new SipConnection(socket, socket);
    }

    /** Trusts the authority in {@code caFile} only, and checks that the certificate is for 127.0.0.1. */
    static SipConnection tls(int port, Path caFile) throws IOException, GeneralSecurityException {
        return tls(port, caFile, "");
    }

    /** With what a proxy says before TLS. */
    static SipConnection tls(int port, Path caFile, String proxyHeader) throws IOException, GeneralSecurityException {
        return tls(connected(port, proxyHeader), port, trusting(caFile, null), "TLSv1.3");
    }

    /** From a port of this side's own. */
    static SipConnection tlsFrom(int ownPort, int port, Path caFile) throws IOException, GeneralSecurityException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), ownPort));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return tls(socket, port, trusting(caFile, null), "TLSv1.3");
    }

    /** One that waits for longer than others do. */
    static SipConnection patient(SipConnection connection) throws IOException {
        connection.socket.setSoTimeout(3 * PATIENCE_MILLIS);
        return connection;
    }

    /** The same with a context of the client's own; it takes up a session again that it had with this port. */
    static SipConnection tls(Socket connected, int sessionPort, SSLContext context, String version) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(connected, "127.0.0.1", sessionPort, true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {version});
        socket.setSSLParameters(parameters);
        SipConnection connection = new SipConnection(socket, connected);
        socket.startHandshake();
        return connection;
    }

    private static Socket connected(int port, String proxyHeader) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(proxyHeader.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    int localPort() {
        return socket.getLocalPort();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    SipResponse read() throws IOException {
        return SipResponse.read(in);
    }

    /** Reads one request without a body: its start line and headers. */
    String readRequest() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    String readExactly(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Waits for the other side to close; false when it says something instead. */
    boolean isAtItsEnd() throws IOException {
        return in.read() < 0;
    }

    /** Waits so long for the other side to close; false when it has not, or says something instead. */
    boolean endsWithin(Duration time) throws IOException {
        socket.setSoTimeout((int) time.toMillis());
        try {
            return isAtItsEnd();
        } catch (SocketTimeoutException stillOpen) {
            return false;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    /** Ends without a word, so that its port is free at once. */
    void reset() throws IOException {
        connected.setSoLinger(true, 0);
        connected.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** @param keys what the client shows when it is asked, or null for nothing */
    static SSLContext trusting(Path caFile, KeyManager @Nullable [] keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile)) {
            Certificate authority = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            store.setCertificateEntry("ca", authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }
}

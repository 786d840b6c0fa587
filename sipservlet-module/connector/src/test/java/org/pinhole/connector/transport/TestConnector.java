package org.pinhole.connector.transport;

import gov.nist.javax.sip.SipStackImpl;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.MessageLimits;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.tls.ClientTrust;
import org.pinhole.connector.tls.SelfSignedAuthority;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.tls.TicketKeyFile;
import org.pinhole.connector.tls.TlsFiles;

/** A connector on the loopback address, with a SIP stack behind it that nobody listens to, and a way to connect to it. */
final class TestConnector implements AutoCloseable {
    static final Limits ROOMY = new Limits(
            new ConnectionLimits(new Caps(100, 100, 100), new Caps(100, 100, 100)), new Deadlines(60, 60, 60), sizes());

    private final EventLoops loops = new EventLoops();
    private final FlowTable flows = new FlowTable(FlowTokenCodec.withRandomKey(new SecureRandom()), request -> null);
    private final int port;
    private final Listener listener;
    private final SSLSocketFactory client;

    TestConnector(File folder, Limits limits) throws Exception {
        this(folder, limits, "tls", "");
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    TestConnector(File folder, Limits limits, String scheme, String proxies) throws Exception {
        this.port = freePort();
        SelfSignedAuthority authority = new SelfSignedAuthority(folder, new SecureRandom());
        List<String> names = Collections.singletonList("127.0.0.1");
        authority.ensure(names, new Date());
        TicketKeyFile tickets =
                new TicketKeyFile(new File(folder, "ticket.keys"), Duration.ofHours(12), new SecureRandom());
        ConnectorSettings settings = new ConnectorSettings(
                ConnectorAddress.parse(scheme + "://127.0.0.1:" + port),
                scheme.startsWith("tls")
                        ? ServerTls.open(
                                new TlsFiles(authority.source(names), null, ClientTrust.NONE, tickets), new Date())
                        : null,
                KeepAlive.parse("45"),
                true,
                limits,
                ProxySources.parse(proxies),
                Collections.emptyMap());
        this.client = trusting(authority.caFile());
        this.listener = Listener.bind(settings, flows, loops, () -> Admission.OPEN);
        Properties stack = new Properties();
        stack.setProperty("javax.sip.STACK_NAME", "test");
        listener.accept(new PinholeMessageProcessor(
                listener, flows, InetAddress.getLoopbackAddress(), new SipStackImpl(stack)));
    }

    static MessageLimits sizes() {
        return new MessageLimits(16_384, 65_536, 256);
    }

    int port() {
        return port;
    }

    ConnectorCounters counters() {
        return listener.counters();
    }

    FlowTable flows() {
        return flows;
    }

    void drain() {
        listener.drain(new Drain(1, System::nanoTime, () -> 0));
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    SSLSocket connectTls() throws IOException {
        return startTls(connect());
    }

    SSLSocket startTls(Socket connected) throws IOException {
        SSLSocket socket = (SSLSocket) client.createSocket(connected, "127.0.0.1", port, true);
        socket.startHandshake();
        return socket;
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static SSLSocketFactory trusting(File caFile) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile.toPath())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}

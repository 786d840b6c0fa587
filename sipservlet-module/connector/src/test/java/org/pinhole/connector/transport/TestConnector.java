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
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
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
import org.pinhole.connector.tls.ConnectorTls;
import org.pinhole.connector.tls.SelfSignedAuthority;
import org.pinhole.connector.tls.ServerTls;
import org.pinhole.connector.tls.TicketKeyFile;
import org.pinhole.connector.tls.TlsFiles;

/** A connector on the loopback address, with a SIP stack behind it that nobody listens to, and a way to connect to it. */
final class TestConnector implements AutoCloseable {
    static final Limits ROOMY = new Limits(
            new ConnectionLimits(new Caps(100, 100, 100), new Caps(100, 100, 100), new Caps(100, 100, 100)),
            new Deadlines(60, 60, 60),
            sizes());

    private static final List<String> NAMES = Collections.singletonList("127.0.0.1");

    private final EventLoops loops = new EventLoops();
    private final FlowTable flows = new FlowTable(FlowTokenCodec.withRandomKey(new SecureRandom()), request -> null);
    private final File folder;
    private final ConnectorSettings settings;
    private final Listener listener;
    private final SSLSocketFactory client;

    TestConnector(File folder, Limits limits) throws Exception {
        this(folder, limits, "tls", "");
    }

    TestConnector(File folder, Limits limits, String scheme, String proxies) throws Exception {
        this(folder, limits, addressOf(scheme), proxies, ClientTrust.NONE, phones(folder, null));
    }

    /** Whose phones show a certificate. */
    TestConnector(File folder, ClientTrust trust, KeyManager[] shown) throws Exception {
        this(folder, ROOMY, addressOf("tls"), "", trust, phones(folder, shown));
    }

    private TestConnector(
            File folder,
            Limits limits,
            ConnectorAddress address,
            String proxies,
            ClientTrust trust,
            SSLSocketFactory client)
            throws Exception {
        this.folder = folder;
        this.settings = new ConnectorSettings(
                address,
                address.toString().startsWith("tls") ? tls(folder, trust) : null,
                KeepAlive.parse("45"),
                EdgeSettings.of(Collections.emptyMap()),
                limits,
                ProxySources.parse(proxies),
                Collections.emptyMap());
        this.client = client;
        this.listener = Listener.bind(settings, flows, loops, () -> Admission.OPEN);
        Properties stack = new Properties();
        stack.setProperty("javax.sip.STACK_NAME", "test");
        listener.accept(new PinholeMessageProcessor(
                listener, flows, InetAddress.getLoopbackAddress(), new SipStackImpl(stack)));
    }

    /** Closes this, and opens another at the same address, of the same files and for the same phones. */
    TestConnector restarted() throws Exception {
        close();
        return new TestConnector(folder, settings.limits(), settings.address(), "", ClientTrust.NONE, client);
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    private static ConnectorTls tls(File folder, ClientTrust trust) throws Exception {
        TicketKeyFile tickets =
                new TicketKeyFile(new File(folder, "ticket.keys"), Duration.ofHours(12), new SecureRandom());
        TlsFiles files = new TlsFiles(authority(folder).source(NAMES), null, Collections.singleton(trust), tickets);
        return ServerTls.open(files, new Date()).asking(trust);
    }

    @SuppressWarnings("JavaUtilDate") // as above
    private static SelfSignedAuthority authority(File folder) throws Exception {
        SelfSignedAuthority authority = new SelfSignedAuthority(folder, new SecureRandom());
        authority.ensure(NAMES, new Date());
        return authority;
    }

    static MessageLimits sizes() {
        return new MessageLimits(16_384, 65_536, 256);
    }

    int port() {
        return settings.address().port();
    }

    Listener listener() {
        return listener;
    }

    ConnectorCounters counters() {
        return listener.counters();
    }

    long unfinishedOctets() {
        return listener.unfinishedOctets();
    }

    FlowTable flows() {
        return flows;
    }

    void drain() {
        listener.drain(new Drain(1, System::nanoTime, () -> 0));
    }

    Socket connect() throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), port()));
    }

    private static Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(60_000);
        return socket;
    }

    SSLSocket connectTls() throws IOException {
        return startTls(connect());
    }

    SSLSocket startTls(Socket connected) throws IOException {
        return startTls(connected, "TLSv1.3");
    }

    SSLSocket startTls(Socket connected, String version) throws IOException {
        SSLSocket socket = (SSLSocket) client.createSocket(connected, "127.0.0.1", port(), true);
        socket.setEnabledProtocols(new String[] {version});
        patient(socket).setTcpNoDelay(true);
        socket.startHandshake();
        return socket;
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }

    private static ConnectorAddress addressOf(String scheme) throws IOException {
        return ConnectorAddress.parse(scheme + "://127.0.0.1:" + freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    /** Without sessions. */
    private static SSLSocketFactory phones(File folder, KeyManager @Nullable [] shown) throws Exception {
        File caFile = authority(folder).caFile();
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream pem = Files.newInputStream(caFile.toPath())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}

package org.pinhole.connector.transport;

import static org.awaitility.Awaitility.await;

import gov.nist.javax.sip.SipStackImpl;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.sip.PeerUnavailableException;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.FlowTokenCodec;
import org.pinhole.connector.keepalive.KeepAlive;
import org.pinhole.connector.limit.Caps;
import org.pinhole.connector.limit.ConnectionLimits;
import org.pinhole.connector.limit.Deadlines;
import org.pinhole.connector.limit.Limits;
import org.pinhole.connector.limit.MessageLimits;
import org.pinhole.connector.limit.UnfinishedOctets;
import org.pinhole.connector.proxyprotocol.ProxySources;
import org.pinhole.connector.tls.ClientTrust;
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

    private final Plan plan;
    private final EventLoops loops;
    private static final int FIRST_PORT = 25_000;
    private static final int PORTS = 7_000;
    private static final AtomicInteger NEXT_PORT = new AtomicInteger(new SecureRandom().nextInt(PORTS));

    private final FlowTable flows = new FlowTable(FlowTokenCodec.withRandomKey(new SecureRandom()), request -> null);
    private final ConnectorSettings settings;
    private final Instant opened = Instant.now();
    /** Null where nothing is encrypted. */
    private final @Nullable ServerTls tls;

    private final Listener listener;
    private final SipStackImpl stack;
    private final PinholeMessageProcessor processor;
    private final SSLSocketFactory client;
    private final AtomicLong leapt = new AtomicLong();

    TestConnector(File folder, Limits limits) throws Exception {
        this(new Plan(folder).limits(limits));
    }

    TestConnector(File folder, Limits limits, String scheme, String proxies) throws Exception {
        this(new Plan(folder).limits(limits).scheme(scheme).proxies(proxies));
    }

    /** Whose phones show a certificate. */
    TestConnector(File folder, ClientTrust trust, KeyManager[] shown) throws Exception {
        this(new Plan(folder), trust, shown);
    }

    TestConnector(Plan plan, ClientTrust trust, KeyManager[] shown) throws Exception {
        this(plan, addressOf("tls"), trust, phones(plan.folder, shown));
    }

    private TestConnector(Plan plan) throws Exception {
        this(plan, plan.named(addressOf(plan.scheme)), ClientTrust.NONE, phones(plan.folder, null));
    }

    private TestConnector(Plan plan, ConnectorAddress address, ClientTrust trust, SSLSocketFactory client)
            throws Exception {
        this.plan = plan;
        this.loops = new EventLoops(plan.unfinished);
        this.tls = address.toString().startsWith("tls") ? tls(plan.folder, trust, opened) : null;
        this.settings = new ConnectorSettings(
                address,
                tls == null ? null : tls.asking(trust),
                KeepAlive.parse("45"),
                EdgeSettings.of(plan.settings),
                plan.limits,
                ProxySources.parse(plan.proxies),
                plan.settings);
        this.client = client;
        this.listener =
                Listener.bind(settings, flows, loops, () -> plan.admission, () -> System.nanoTime() + leapt.get());
        this.stack = newStack();
        this.processor = new PinholeMessageProcessor(
                listener, flows, new PhoneAddresses(), InetAddress.getLoopbackAddress(), stack);
        listener.accept(processor);
    }

    /** One at a time: its logger is in a static field, which is empty while another is made. */
    private static synchronized SipStackImpl newStack() throws PeerUnavailableException {
        Properties named = new Properties();
        named.setProperty("javax.sip.STACK_NAME", "test");
        return new SipStackImpl(named);
    }

    /** Closes this, and opens another at the same address, of the same files and for the same phones. */
    TestConnector restarted() throws Exception {
        close();
        awaitItsPortFree();
        return new TestConnector(plan, settings.address(), ClientTrust.NONE, client);
    }

    @SuppressWarnings("JavaUtilDate") // java.security.cert knows no other type
    private static ServerTls tls(File folder, ClientTrust trust, Instant now) throws Exception {
        TicketKeyFile tickets =
                new TicketKeyFile(new File(folder, "ticket.keys"), Duration.ofHours(12), new SecureRandom());
        TlsFiles files = new TlsFiles(authority(folder).source(NAMES), null, Collections.singleton(trust), tickets);
        return ServerTls.open(files, Date.from(now));
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

    SipStackImpl stack() {
        return stack;
    }

    PinholeMessageProcessor processor() {
        return processor;
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

    /** As if so much time had passed at once for so many connections that are there, but for what is left to a timer. */
    void leaps(Duration time, int connections) {
        await().until(() -> listener.connections() == connections);
        leapt.addAndGet(time.toNanos());
    }

    /** Has its TLS side look at its files and the clock, which is so far on since it was opened. */
    @SuppressWarnings("JavaUtilDate") // as above
    void looksAtTlsFiles(Duration later) {
        Objects.requireNonNull(tls).refresh(Date.from(opened.plus(later)));
    }

    /** Whoever closes it waits for that, but not for ever. */
    void awaitItsPortFree() {
        await().until(() -> !isTaken(port()));
    }

    void drain() {
        listener.drain(new Drain(1, System::nanoTime, () -> 0));
    }

    Socket connect() throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), port()));
    }

    /** From this address of the loopback network, to which all of 127.0.0.0/8 belongs. */
    Socket connectFrom(String source) throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), port(), InetAddress.getByName(source), 0));
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

    /** Below those that the system hands out, and each once: connectors are opened together, and clients meanwhile. */
    static int freePort() throws IOException {
        int port = nextPort();
        while (isTaken(port)) {
            port = nextPort();
        }
        return port;
    }

    private static int nextPort() {
        return FIRST_PORT + NEXT_PORT.getAndIncrement() % PORTS;
    }

    private static boolean isTaken(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return !probe.isBound();
        } catch (BindException taken) {
            return true;
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

    /** What one of them is like, where it is not like most. */
    static final class Plan {
        private final File folder;
        private final Map<String, String> settings = new HashMap<>();
        private Limits limits = ROOMY;
        private String scheme = "tls";
        private String proxies = "";
        private String publicName = "";
        private Admission admission = Admission.OPEN;
        private UnfinishedOctets unfinished = new UnfinishedOctets(1 << 30);

        Plan(File folder) {
            this.folder = folder;
        }

        Plan limits(Limits other) {
            limits = other;
            return this;
        }

        Plan scheme(String other) {
            scheme = other;
            return this;
        }

        Plan proxies(String other) {
            proxies = other;
            return this;
        }

        Plan publicName(String name) {
            publicName = name;
            return this;
        }

        private ConnectorAddress named(ConnectorAddress bound) {
            return publicName.isEmpty() ? bound : bound.as(PublicName.parse(publicName));
        }

        Plan setting(String key, String value) {
            settings.put(key, value);
            return this;
        }

        Plan admission(Admission other) {
            admission = other;
            return this;
        }

        /** So much of what is unfinished may be held in all. */
        Plan unfinished(long octets) {
            unfinished = new UnfinishedOctets(octets);
            return this;
        }

        TestConnector open() throws Exception {
            return new TestConnector(this);
        }
    }
}

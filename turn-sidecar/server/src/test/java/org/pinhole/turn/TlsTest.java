package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.turn.allocation.TransportProtocol;

/** TLS as clients meet it, seen from the JDK's engine. */
@Tag("T-1")
class TlsTest {
    @TempDir
    Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private PemPair first;
    private PemPair second;

    @BeforeEach
    void twoCertificates() throws Exception {
        first = PemPair.write(folder, "first", "turn.example.com");
        second = PemPair.write(folder, "second", "turn.example.net", "a.pool.example.net");
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "turn.example.com, first",
        "turn.example.net, second",
        "a.pool.example.net, second",
        "who.is.this, first",
        ", first"
    })
    void theNameChoosesTheCertificateAndAnUnknownOneIsNoReasonToRefuse(@Nullable String name, String expected)
            throws Exception {
        SSLSocket socket = connect(server(), name);

        assertThat(subject(socket)).isEqualTo("CN=" + expected);
    }

    @Test
    void aClientThatOffersTls13GetsItAndOneThatHasOnly12GetsThat() throws Exception {
        LiveServer server = server();

        assertThat(connect(server, null).getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(connect(server, null, "TLSv1.2").getSession().getProtocol()).isEqualTo("TLSv1.2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TLS_ECDHE_%s_WITH_AES_128_CBC_SHA",
                "TLS_ECDHE_%s_WITH_AES_256_CBC_SHA",
                "TLS_ECDHE_%s_WITH_AES_128_CBC_SHA256",
                "TLS_RSA_WITH_AES_128_GCM_SHA256",
                "TLS_RSA_WITH_AES_128_CBC_SHA"
            })
    void aSuiteWithoutForwardSecrecyOrWithPaddingIsRefused(String suite) throws Exception {
        LiveServer server = server();

        assertThatThrownBy(() -> connectWith(server, suite)).isInstanceOf(IOException.class);
        assertThat(connectWith(server, "TLS_ECDHE_%s_WITH_AES_128_GCM_SHA256")
                        .getSession()
                        .getProtocol())
                .isEqualTo("TLSv1.2");
    }

    /** With one suite of TLS 1.2, for whatever key the server has. */
    private SSLSocket connectWith(LiveServer server, String suite) throws Exception {
        SSLSocket socket = socket(server);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {suite.formatted("ECDSA"), suite.formatted("RSA")});
        socket.startHandshake();
        return socket;
    }

    @ParameterizedTest
    @CsvSource({"stun.turn, stun.turn", "h2;stun.turn, stun.turn", "no-such;h2, ''", "http/1.1, ''"})
    @Tag("T-9")
    void stunTurnIsConfirmedAndAnythingElseIsNoReasonToRefuse(String offered, String agreed) throws Exception {
        SSLSocket socket = socket(server());
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(offered.split(";"));
        socket.setSSLParameters(parameters);
        socket.startHandshake();

        assertThat(socket.getApplicationProtocol()).isEqualTo(agreed);
        opened(TestClient.over(socket)).binding();
    }

    /** Chromium's spans two segments; here each byte is a segment of its own. */
    @Test
    void aClientHelloMayComeInPieces() throws Exception {
        LiveServer server = server();
        InetSocketAddress address = server.address(TransportProtocol.TLS);
        Socket drips = new Dripping();
        drips.connect(address);
        open.add(0, drips);
        SSLSocket socket = (SSLSocket) trustAll().getSocketFactory().createSocket(drips, "turn.example.net", 443, true);

        opened(TestClient.over(socket)).binding();

        assertThat(subject(socket)).isEqualTo("CN=second");
    }

    @Test
    void aNewCertificateIsServedAndWhoIsConnectedStays() throws Exception {
        LiveServer server = server();
        TestClient before = opened(TestClient.over(connect(server, null)));
        PemPair.write(folder, "first", "turn.example.com").rewrite(second.bundle());

        assertThat(server.reload()).isEqualTo("done");

        assertThat(subject(connect(server, null))).isEqualTo("CN=second");
        before.binding();
    }

    @Test
    void aBrokenCertificateChangesNothingAndIsNamed() throws Exception {
        LiveServer server = server();
        Files.writeString(first.certificate(), "-----BEGIN CERTIFICATE-----\nhalf of\n");

        assertThatThrownBy(server::reload)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--certificate-file " + first.certificate());

        assertThat(subject(connect(server, null))).isEqualTo("CN=first");
    }

    private LiveServer server() throws Exception {
        List<String> options = new ArrayList<>(List.of("--tls-listen=127.0.0.1:0", "--watch-seconds=0"));
        options.addAll(first.options());
        options.addAll(second.options());
        LiveServer server = LiveServer.start(options.toArray(String[]::new));
        open.add(server);
        return server;
    }

    private SSLSocket connect(LiveServer server, @Nullable String name, String... versions) throws Exception {
        SSLSocket socket = socket(server);
        if (versions.length > 0) {
            socket.setEnabledProtocols(versions);
        }
        if (name != null) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(name)));
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private SSLSocket socket(LiveServer server) throws Exception {
        InetSocketAddress address = server.address(TransportProtocol.TLS);
        SSLSocket socket =
                (SSLSocket) trustAll().getSocketFactory().createSocket(address.getAddress(), address.getPort());
        open.add(0, socket);
        return socket;
    }

    private TestClient opened(TestClient client) {
        open.add(0, client);
        return client;
    }

    private static String subject(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSubjectX500Principal()
                .getName();
    }

    private static SSLContext trustAll() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /** Which certificate it is, is the question here, not who vouches for it. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Sends every byte by itself. */
    private static final class Dripping extends Socket {
        Dripping() throws IOException {
            setTcpNoDelay(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    for (int i = 0; i < length; i++) {
                        out.write(bytes[offset + i]);
                        out.flush();
                    }
                }
            };
        }
    }
}

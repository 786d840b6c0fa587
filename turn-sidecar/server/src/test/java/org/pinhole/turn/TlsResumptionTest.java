package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.turn.tls.TicketCounts;
import org.pinhole.turn.transport.Io;

/** A client pays for one full handshake; every later connection resumes, whatever happened to the server meanwhile. */
@Tag("T-1")
class TlsResumptionTest {
    private static final int CONNECTIONS = 200;

    @TempDir
    Path folder;

    private PemPair pair;
    private int port;

    @BeforeEach
    void aCertificate() throws Exception {
        pair = PemPair.write(folder, "turn", "localhost");
        port = LowPorts.free();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void twoHundredConnectionsResumeAcrossARestart(String version) throws Exception {
        SSLContext client = client(pair);

        try (LiveServer before = server("--tls-ticket-key-file=" + folder.resolve("tickets"))) {
            connect(client, version, CONNECTIONS / 2);

            assertThat(resumed(before)).isEqualTo(CONNECTIONS / 2 - 1);
        }
        try (LiveServer after = server("--tls-ticket-key-file=" + folder.resolve("tickets"))) {
            connect(client, version, CONNECTIONS / 2);

            assertThat(resumed(after)).isEqualTo(CONNECTIONS / 2);
        }
    }

    /** Only the key pair is new: whoever trusts the one of before goes on without a word about certificates. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void twoHundredConnectionsResumeAcrossANewCertificate(String version) throws Exception {
        SSLContext client = client(pair);

        try (LiveServer server = server()) {
            connect(client, version, CONNECTIONS / 2);
            pair = PemPair.write(folder, "turn", "localhost");
            assertThat(server.reload()).isEqualTo("done");
            connect(client, version, CONNECTIONS / 2);

            assertThat(resumed(server)).isEqualTo(CONNECTIONS - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void withoutTheFileARestartForgets(String version) throws Exception {
        SSLContext client = client(pair);

        try (LiveServer before = server()) {
            connect(client, version, 2);
            assertThat(resumed(before)).isEqualTo(1);
        }
        try (LiveServer after = server()) {
            connect(client, version, 1);
            assertThat(resumed(after)).isZero();
        }
        assertThat(Files.exists(folder.resolve("tickets"))).isFalse();
    }

    /** Five keys open; the newest of them seals, whether they are in a file or not. */
    @ParameterizedTest
    @CsvSource({"TLSv1.2, false", "TLSv1.3, false", "TLSv1.2, true", "TLSv1.3, true"})
    void ticketKeysRotateInARunningServerAndOnlyTheLastFiveOpen(String version, boolean inFile) throws Exception {
        SSLContext first = client(pair);
        SSLContext second = client(pair);
        Instant[] now = {Instant.ofEpochSecond(1_790_000_000L)};
        List<String> options =
                options(inFile ? "--tls-ticket-key-file=" + folder.resolve("tickets") : "--watch-seconds=0");
        options.addAll(List.of("--realm=pinhole.test", "--user=a:b", "--relay-address=127.0.0.1"));
        TurnSettings settings = new SettingsReader(TurnMain.parse(options), () -> now[0]).read();

        try (TurnServer server = TurnServer.start(settings, Io.best(1), () -> now[0])) {
            connect(first, version, 1);
            rotate(server, now, 1);
            connect(second, version, 1);
            rotate(server, now, 4);
            assertThat(resumed(server)).isZero();

            connect(second, version, 1);
            assertThat(resumed(server)).as("the fifth key before opens").isOne();
            connect(first, version, 1);
            assertThat(resumed(server)).as("the sixth does not").isOne();
        }
    }

    private static void rotate(TurnServer server, Instant[] now, int times) {
        for (int i = 0; i < times; i++) {
            now[0] = now[0].plus(Duration.ofHours(12));
            server.renewTicketKeys();
        }
    }

    private LiveServer server(String... more) throws Exception {
        return LiveServer.start(options(more).toArray(String[]::new));
    }

    private List<String> options(String... more) {
        List<String> options = new ArrayList<>(pair.options());
        options.add("--tls-listen=127.0.0.1:" + port);
        options.add("--unverified-answers-per-second=10000"); // all of them are strangers from one address
        options.addAll(List.of(more));
        return options;
    }

    /** Each asks something, because a TLS 1.3 ticket is read with the first answer. */
    private void connect(SSLContext client, String version, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket("localhost", port);
            socket.setTcpNoDelay(true); // else each waits 40 ms for the acknowledgement of its Finished
            socket.setEnabledProtocols(new String[] {version});
            try (TestClient turn = TestClient.over(socket)) {
                turn.binding();
            }
        }
    }

    private static long resumed(LiveServer server) {
        return resumed(server.server());
    }

    private static long resumed(TurnServer server) {
        TicketCounts counts = server.ticketCounts();
        return counts.resumed() + counts.renewed();
    }

    private static SSLContext client(PemPair pair) throws Exception {
        TrustManagerFactory trust = pair.bundle().toTrustManagerFactory();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}

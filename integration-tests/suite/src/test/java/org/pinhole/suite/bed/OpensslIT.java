package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** openssl s_client, which knows nothing of us, at the connector of a container that Pinhole was installed into. */
@NeedsPeer("openssl")
class OpensslIT {
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static PinholeServer server;
    private static int port;

    @BeforeAll
    static void aServer() throws Exception {
        port = LoopbackPort.free();
        server = PinholeServer.install(folder, "openssl", ContainerPorts.free())
                .listeningOn("127.0.0.1", port)
                .start(List.of());
    }

    @AfterAll
    static void itEnds() {
        if (server != null) {
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "1.3"})
    @Tag("P-2")
    @Tag("P-3")
    @Tag("U-1")
    void bothVersionsNegotiateAndTheChainVerifies(String version) throws Exception {
        String seen = connect(
                "-tls" + version.replace('.', '_'),
                "-servername",
                PinholeServer.NAME,
                "-verify_hostname",
                PinholeServer.NAME,
                "-alpn",
                "sip/2");

        assertThat(seen)
                .contains("New, TLSv" + version + ", Cipher is ", "ALPN protocol: sip/2", "Verification: OK")
                .contains("Verified peername: " + PinholeServer.NAME);
    }

    @Test
    @Tag("P-3")
    void anOlderVersionIsRefused() throws Exception {
        try (Foreign client = client("-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0")) {
            assertThat(client.await(DEADLINE)).isNotZero();
            assertThat(client.output()).contains("alert protocol version");
        }
    }

    @Test
    @Tag("P-3")
    void aSessionIsResumed() throws Exception {
        Path session = folder.resolve("session.pem");
        connect("-tls1_2", "-servername", PinholeServer.NAME, "-sess_out", session.toString());

        assertThat(connect("-tls1_2", "-servername", PinholeServer.NAME, "-sess_in", session.toString()))
                .contains("Reused, TLSv1.2");
    }

    @Test
    @Tag("P-3")
    void sessionsOfBothVersionsOutliveTheContainer() throws Exception {
        Path session12 = folder.resolve("session-1.2.pem");
        Path session13 = folder.resolve("session-1.3.pem");
        pingFor(session12, "-tls1_2");
        pingFor(session13, "-tls1_3");

        server.restart();

        assertThat(connect("-tls1_2", "-servername", PinholeServer.NAME, "-sess_in", session12.toString()))
                .contains("Reused, TLSv1.2");
        assertThat(connect("-tls1_3", "-servername", PinholeServer.NAME, "-sess_in", session13.toString()))
                .contains("Reused, TLSv1.3");
    }

    /** Returns when openssl has a session to come back with; its ticket is here before the pong, or just after. */
    private static void pingFor(Path session, String version) throws Exception {
        Path ping = Files.writeString(folder.resolve("ping"), "\r\n\r\n");
        String command = String.join(
                " ",
                command(
                        "-quiet",
                        "-ign_eof",
                        version,
                        "-servername",
                        PinholeServer.NAME,
                        "-sess_out",
                        session.toString()));
        try (Foreign client = Foreign.start(folder, "session", "sh", "-c", "exec " + command + " <" + ping)) {
            await().atMost(DEADLINE)
                    .until(() -> client.output().contains("\r\n")
                            && Files.exists(session)
                            && Files.readString(session).contains("END SSL SESSION"));
        }
    }

    @Test
    void anAlpnThatNobodyKnowsGoesOnWithout() throws Exception {
        assertThat(connect("-servername", PinholeServer.NAME, "-alpn", "h2,no-such-protocol"))
                .contains("No ALPN negotiated", "Verification: OK")
                .doesNotContain("alert");
    }

    @Test
    @Tag("P-2")
    void withoutSniTheCertificateIsTheSame() throws Exception {
        assertThat(connect("-noservername", "-verify_hostname", PinholeServer.NAME))
                .contains("Verification: OK");
    }

    @Test
    void anSniThatIsNoHostNameIsNoReasonToRefuse() throws Exception {
        assertThat(connect("-servername", "my_phone")).contains("Verification: OK");
    }

    @Test
    @Tag("O-1")
    void aPingBeforeAnythingElseIsAnswered() throws Exception {
        Path ping = Files.writeString(folder.resolve("ping"), "\r\n\r\n");
        String command = String.join(" ", command("-quiet", "-ign_eof", "-servername", PinholeServer.NAME));

        try (Foreign client = Foreign.start(folder, "ping", "sh", "-c", "exec " + command + " <" + ping)) {
            await().atMost(DEADLINE).until(() -> client.output().contains("\r\n"));
        }
    }

    /** A handshake that succeeds, and what openssl says of it. */
    private static String connect(String... options) throws Exception {
        try (Foreign client = client(options)) {
            client.awaitSuccess(DEADLINE);
            return client.output();
        }
    }

    private static Foreign client(String... options) throws Exception {
        return Foreign.start(folder, "openssl", command(options).toArray(String[]::new));
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(List.of("-CAfile", server.caFile().toString(), "-verify_return_error"));
        command.addAll(List.of(options));
        return command;
    }
}

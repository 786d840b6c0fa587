package org.pinhole.suite.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** A connector with two certificates, EC and RSA, as openssl s_client and sslscan see it, before and after it was closed and opened. */
@Tag("agent")
@NeedsPeer("openssl")
@ExtendWith(ArquillianExtension.class)
class OpensslConnectorIT {
    private static final String APPLICATION = "register";
    private static final int PORT = Embedded.freePort();
    private static final Path FOLDER =
            Path.of(System.getProperty("embedded.home"), "openssl").toAbsolutePath();
    private static final Path CERTIFICATE_A = FOLDER.resolve("a.pem");
    private static final String A = "a.pinhole.test";
    private static final String B = "b.pinhole.test";
    private static final String EC = "ec -pkeyopt ec_paramgen_curve:P-256";
    private static final String RSA = "rsa:2048";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @ArquillianResource
    @SuppressWarnings("NullAway.Init") // Arquillian sets it before each test
    private Deployer deployer;

    @Deployment(name = APPLICATION, managed = false, testable = false)
    static WebArchive application() {
        return TestApplication.named(
                "Register",
                Map.of(
                        "pinhole.connector",
                        "tls://127.0.0.1:" + PORT,
                        "pinhole.tls.certificate-file",
                        CERTIFICATE_A + "," + FOLDER.resolve("b.pem"),
                        "pinhole.tls.private-key-file",
                        FOLDER.resolve("a.key") + "," + FOLDER.resolve("b.key")));
    }

    @BeforeEach
    void deploy() throws Exception {
        Files.createDirectories(FOLDER);
        makeCertificate("a", A, EC);
        makeCertificate("b", B, RSA);
        deployer.deploy(APPLICATION);
    }

    @AfterEach
    void undeploy() {
        deployer.undeploy(APPLICATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @Tag("P-3")
    void aSessionOutlivesTheConnectorByKeysThatOnlyItsUserMayRead(String version) throws Exception {
        Path session = sessionOf(A, version);

        deployer.undeploy(APPLICATION);
        deployer.deploy(APPLICATION);

        assertThat(connect(version, "-servername", A, "-sess_in", session.toString()))
                .contains("Reused, TLSv1.");
        Path keys = Path.of(System.getProperty("catalina.base"), "conf", "pinhole", "ticket.keys");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rw-------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    @Tag("P-3")
    void aSessionOfOneNameIsNotResumedUnderTheCertificateOfAnother(String version) throws Exception {
        Path session = sessionOf(A, version);

        assertThat(connect(version, "-servername", B, "-sess_in", session.toString()))
                .contains("New, TLSv1.", "subject=CN = " + B)
                .doesNotContain("Reused");
    }

    @Test
    @Tag("P-3")
    void renegotiationIsRefusedWithAnAlert() throws Exception {
        try (Foreign client = inShell("{ echo R; exec sleep 30; } | " + line("-tls1_2", "-servername", A))) {
            await().atMost(DEADLINE).until(() -> client.output().contains("alert no renegotiation"));

            assertThat(client.output()).contains("RENEGOTIATING");
        }
    }

    @Test
    void sipIsNegotiatedBeforeHttpAndHttpNever() throws Exception {
        assertThat(connect("-servername", A, "-alpn", "http/1.1,sip/2")).contains("ALPN protocol: sip/2");
        assertThat(connect("-servername", A, "-alpn", "http/1.1"))
                .contains("No ALPN negotiated")
                .doesNotContain("alert");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-servername a.pinhole.test:443", "-noservername", "-servername my_phone -alpn http/1.1"})
    @Tag("P-2")
    void aPhoneRegistersWhateverItsHelloSays(String hello) throws Exception {
        Path request = Files.writeString(
                FOLDER.resolve("register-" + UUID.randomUUID()), SipRequests.request("REGISTER", "TLS"));

        try (Foreign phone = inShell("exec " + line("-quiet", "-ign_eof") + " " + hello + " <" + request)) {
            await().atMost(DEADLINE).until(() -> phone.output().contains("SIP/2.0 200 "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {A, B})
    @NeedsPeer("sslscan")
    @Tag("P-3")
    void aScannerFindsNoOldVersionNoWeakSuiteAndNoRenegotiation(String name) throws Exception {
        String found;
        try (Foreign scanner =
                Foreign.start(FOLDER, "sslscan", "sslscan", "--no-colour", "--sni-name=" + name, "127.0.0.1:" + PORT)) {
            scanner.awaitSuccess(Duration.ofMinutes(1));
            found = scanner.output();
        }

        assertThat(found.lines()
                        .filter(line -> line.matches("(SSL|TLS)v[0-9.]+ +(en|dis)abled"))
                        .map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "SSLv2 disabled",
                        "SSLv3 disabled",
                        "TLSv1.0 disabled",
                        "TLSv1.1 disabled",
                        "TLSv1.2 enabled",
                        "TLSv1.3 enabled");
        assertThat(found).contains("Session renegotiation not supported");
        assertThat(found.lines().filter(line -> line.matches("(Accepted|Preferred) .*")))
                .hasSizeGreaterThan(4)
                .allMatch(line -> line.matches(".* TLSv1\\.3 .* TLS_(AES|CHACHA20)_.*")
                        || line.matches(".* TLSv1\\.2 .* ECDHE-.*-(GCM|CHACHA20)-.*"));
    }

    @Test
    @Tag("P-2")
    void aNewCertificateComesIntoForceUnderALiveFlow() throws Exception {
        try (SipConnection phone = SipConnection.tls(PORT, CERTIFICATE_A)) {
            makeCertificate("a", A, RSA);
            await().atMost(DEADLINE)
                    .ignoreExceptions()
                    .untilAsserted(() -> SipConnection.tls(PORT, CERTIFICATE_A).close());

            phone.send("\r\n\r\n");
            assertThat(phone.readExactly(2)).isEqualTo("\r\n");
            phone.send(SipRequests.request("REGISTER", "TLS"));
            assertThat(phone.read().status()).isEqualTo(200);
        }
    }

    /** Self-signed, for 127.0.0.1 too. */
    private static void makeCertificate(String file, String name, String key) throws Exception {
        try (Foreign openssl = Foreign.start(
                FOLDER,
                "make-" + file,
                "sh",
                "-c",
                "umask 077; openssl req -x509 -newkey " + key + " -nodes -days 1 -subj /CN=" + name
                        + " -addext subjectAltName=DNS:" + name + ",IP:127.0.0.1 -keyout new.key -out new.pem"
                        + " && mv new.key " + file + ".key && mv new.pem " + file + ".pem")) {
            openssl.awaitSuccess(DEADLINE);
        }
    }

    /** A session that openssl had under this name; its ticket has come when the ping is answered at the latest. */
    private static Path sessionOf(String name, String version) throws Exception {
        Path session = FOLDER.resolve("session-" + UUID.randomUUID());
        Path ping = Files.writeString(FOLDER.resolve("ping"), "\r\n\r\n");
        String command = line("-quiet", "-ign_eof", version, "-servername", name, "-sess_out", session.toString());
        try (Foreign client = inShell("exec " + command + " <" + ping)) {
            await().atMost(DEADLINE)
                    .until(() -> client.output().contains("\r\n")
                            && Files.exists(session)
                            && Files.readString(session).contains("END SSL SESSION"));
        }
        return session;
    }

    /** A handshake that succeeds, and what openssl says of it. */
    private static String connect(String... options) throws Exception {
        try (Foreign client = Foreign.start(FOLDER, "openssl", command(options).toArray(String[]::new))) {
            client.awaitSuccess(DEADLINE);
            return client.output();
        }
    }

    private static Foreign inShell(String script) throws IOException {
        return Foreign.start(FOLDER, "shell", "sh", "-c", script);
    }

    private static String line(String... options) {
        return String.join(" ", command(options));
    }

    private static List<String> command(String... options) {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + PORT));
        command.addAll(List.of(options));
        return command;
    }
}

package org.pinhole.suite.bed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.peer.Skip;

/** The TURN server of the distribution, with a browser that may use nothing but relays, and openssl that comes back. */
@NeedsPeer({"chromium", "certutil", "openssl"})
class TurnBrowserIT {
    private static final String HOST = "127.0.0.1";
    private static final String NAME = "localhost";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static TurnSidecar sidecar;
    private static Path home;
    private static Path certificate;
    private static int tcpPort;
    private static int tlsPort;

    @BeforeAll
    static void aServer() throws Exception {
        home = Files.createDirectory(folder.resolve("pinhole"));
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), home);
        certificate = folder.resolve("certificate.pem");
        Foreign.start(
                        folder,
                        "certificate",
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:P-256",
                        "-nodes",
                        "-keyout",
                        folder.resolve("key.pem").toString(),
                        "-out",
                        certificate.toString(),
                        "-days",
                        "30",
                        "-subj",
                        "/CN=" + NAME,
                        "-addext",
                        "subjectAltName=DNS:" + NAME + ",IP:" + HOST)
                .awaitSuccess(DEADLINE);
        tcpPort = LoopbackPort.free();
        tlsPort = LoopbackPort.free();
        sidecar = start();
    }

    @AfterAll
    static void itEnds() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"tls", "tcp"})
    @Tag("T-1")
    @Tag("T-7")
    void aBrowserThatMayOnlyUseRelaysHearsAndIsHeard(String way) throws Exception {
        String url = way.equals("tls")
                ? "turns:" + NAME + ":" + tlsPort + "?transport=tcp"
                : "turn:" + HOST + ":" + tcpPort + "?transport=tcp";

        try (Chromium browser = Chromium.start(Files.createDirectory(folder.resolve("home-" + way)), certificate)) {
            String answer = browser.evaluate(script(url));

            assertThat(answer.replace("\\", ""))
                    .contains("\"echoes\":20", "\"audio\":true", "\"relays\":[\"relay/" + way + "\"]");
        }
    }

    /** The ticket keys are in a file: openssl's ticket is good for the next process too. */
    @ParameterizedTest
    @CsvSource({"-tls1_2, 127.0.0.1", "-tls1_3, 127.0.0.1", "-tls1_2, [::1]", "-tls1_3, [::1]"})
    @Tag("T-1")
    @Tag("T-19")
    void opensslResumesItsSessionAfterARestartOverEitherFamily(String version, String host) throws Exception {
        if (host.equals("[::1]") && !LoopbackPort.hasIpv6()) {
            Skip.because("there is no IPv6 on loopback");
        }
        Path session = folder.resolve("session" + version);
        assertThat(opensslTo(host, "once", version, "-sess_out", session.toString()))
                .contains("New, TLSv1.");

        sidecar.close();
        sidecar = start();

        assertThat(opensslTo(host, "again", version, "-sess_in", session.toString()))
                .contains("Reused, TLSv1.");
    }

    @Test
    @Tag("T-1")
    @Tag("T-9")
    void opensslIsServedWhateverItAsksFor() throws Exception {
        assertThat(openssl("odd-name", "-servername", NAME + ":443", "-alpn", "no-such-protocol,stun.turn"))
                .contains("ALPN protocol: stun.turn", "New, TLSv1.3");
        assertThat(openssl("no-name", "-noservername", "-alpn", "h2"))
                .contains("No ALPN negotiated", "New, TLSv1.3")
                .doesNotContain("alert");
    }

    private static String openssl(String name, String... options) throws Exception {
        return opensslTo(HOST, name, options);
    }

    /** A Binding is sent and its answer read, since a TLS 1.3 ticket comes with what is read after the handshake. */
    private static String opensslTo(String host, String name, String... options) throws Exception {
        Path binding = folder.resolve("binding");
        Files.write(binding, java.util.HexFormat.of().parseHex("000100002112a442000102030405060708090a0b"));
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", host + ":" + tlsPort));
        command.addAll(List.of("-CAfile", certificate.toString(), "-verify_return_error"));
        command.addAll(List.of(options));
        String shell = "(cat '" + binding + "'; sleep 1) | " + String.join(" ", command);
        try (Foreign client = Foreign.start(folder, "openssl-" + name, "sh", "-c", shell)) {
            client.await(DEADLINE);
            return client.output();
        }
    }

    private static TurnSidecar start() throws Exception {
        List<String> options = new ArrayList<>(List.of(
                "--tcp-listen=" + HOST + ":" + tcpPort,
                "--tls-listen=" + HOST + ":" + tlsPort,
                "--relay-address=" + HOST,
                "--allow-peer=" + HOST,
                "--realm=pinhole.test",
                "--user=alice:wonderland",
                "--certificate-file=" + certificate,
                "--private-key-file=" + folder.resolve("key.pem"),
                "--tls-ticket-key-file=" + folder.resolve("tickets")));
        if (LoopbackPort.hasIpv6()) {
            options.add("--tls-listen=[::1]:" + tlsPort);
        }
        return TurnSidecar.start(home, options, folder.resolve("turn.log"));
    }

    private static String script(String url) throws Exception {
        try (InputStream in = TurnBrowserIT.class.getResourceAsStream("/browser/relay-only.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .replace("@URL@", url)
                    .replace("@USER@", "alice")
                    .replace("@PASSWORD@", "wonderland");
        }
    }
}

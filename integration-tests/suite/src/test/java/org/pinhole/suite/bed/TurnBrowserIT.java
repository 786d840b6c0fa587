package org.pinhole.suite.bed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.doubles.ToldCall;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/** The TURN server of the distribution, with a browser that may use nothing but relays, and openssl that comes back. */
@NeedsPeer({"chromium", "certutil", "openssl"})
class TurnBrowserIT {
    private static final String HOST = "127.0.0.45"; // of its own, so that 80 and 443 are nobody else's
    private static final String NAME = "turn.pinhole.test";
    private static final String NAME_IN_IPV6 = "turn6.pinhole.test";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    private static TurnSidecar sidecar;
    private static Chromium browser;
    private static Path home;
    private static Path certificate;
    private static int tcpPort;
    private static int tlsPort;

    @BeforeAll
    static void aServerAndABrowser() throws Exception {
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
                        "subjectAltName=DNS:" + NAME + ",DNS:" + NAME_IN_IPV6)
                .awaitSuccess(DEADLINE);
        tcpPort = LoopbackPort.orFree(80, HOST);
        tlsPort = LoopbackPort.orFree(443, HOST);
        sidecar = start();
        browser = Chromium.start(
                Files.createDirectory(folder.resolve("home")),
                certificate,
                List.of("MAP " + NAME + " " + HOST, "MAP " + NAME_IN_IPV6 + " [::1]"));
    }

    @AfterAll
    static void theyEnd() {
        if (browser != null) {
            browser.close();
        }
        if (sidecar != null) {
            sidecar.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"tls, " + NAME, "tcp, " + NAME, "tls, " + NAME_IN_IPV6, "tcp, " + NAME_IN_IPV6})
    @Tag("T-1")
    @Tag("T-7")
    @Tag("T-19")
    void aBrowserThatMayOnlyUseRelaysHearsAndIsHeard(String way, String name) throws Exception {
        if (name.equals(NAME_IN_IPV6)) {
            requireIpv6();
        }
        String url = way.equals("tls")
                ? "turns:" + name + ":" + tlsPort + "?transport=tcp"
                : "turn:" + name + ":" + tcpPort + "?transport=tcp";

        String answer = browser.evaluate(script("relay-only.js", url));

        assertThat(answer.replace("\\", ""))
                .contains("\"echoes\":20", "\"audio\":true", "\"relays\":[\"relay/" + way + "\"]");
    }

    /** Of ICE only: the browser wants DTLS next, which the UE does not do. */
    @Test
    @Tag("U-10")
    void theUesIceAndTheBrowsersFindAPairOfRelays() throws Exception {
        String url = "turns:" + NAME + ":" + tlsPort + "?transport=tcp";
        TurnRoute route = TurnRoute.to(
                        TurnUri.parse("turns:" + HOST + ":" + tlsPort + "?transport=tcp"), Trust.ofPem(certificate))
                .named(NAME);
        GatherPlan plan = new GatherPlan(
                List.of(), List.of(route), new TurnCredentials("alice", "wonderland"), GatherPlan.WITHIN);
        ToldCall ours = new ToldCall();
        String offer = value(browser.evaluate(script("offer.js", url)));
        try (MediaCall call = MediaCall.answering(offer, plan, ours)) {
            String answer = call.description()
                    .replace("RTP/AVP", "UDP/TLS/RTP/SAVPF")
                    .replace(
                            "a=rtcp-mux",
                            "a=setup:passive\r\na=fingerprint:sha-256 00" + ":00".repeat(31) + "\r\na=rtcp-mux");

            String state = value(browser.evaluate(
                    "takeAnswer('" + Base64.getEncoder().encodeToString(answer.getBytes(UTF_8)) + "')"));

            assertThat(state).isIn("connected", "completed");
            assertThat(ours.next()).isEqualTo("connected audio udp by relay");
        }
    }

    /** What the script returned, which it wrote in base64. */
    private static String value(String answer) {
        Matcher found = Pattern.compile("\"value\":\\s*\"([A-Za-z0-9+/=]+)\"").matcher(answer);
        assertThat(found.find()).as(answer).isTrue();
        return new String(Base64.getDecoder().decode(found.group(1)), UTF_8);
    }

    /** The ticket keys are in a file: openssl's ticket is good for the next process too. */
    @Test
    @Tag("T-1")
    @Tag("T-19")
    void opensslResumesItsSessionsAfterARestartOverEitherFamily() throws Exception {
        List<String> hosts = LoopbackPort.hasIpv6() ? List.of(HOST, "[::1]") : List.of(HOST);
        for (String host : hosts) {
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                assertThat(opensslTo(host, "once", version, "-sess_out", session(host, version)))
                        .contains("New, TLSv1.");
            }
        }

        sidecar.close();
        sidecar = start();

        for (String host : hosts) {
            for (String version : List.of("-tls1_2", "-tls1_3")) {
                assertThat(opensslTo(host, "again", version, "-sess_in", session(host, version)))
                        .contains("Reused, TLSv1.");
            }
        }
        if (hosts.size() == 1) {
            requireIpv6();
        }
    }

    private static String session(String host, String version) {
        return folder.resolve("session" + version + (host.equals(HOST) ? "" : "-six"))
                .toString();
    }

    private static void requireIpv6() {
        if (!LoopbackPort.hasIpv6()) {
            Skip.because("there is no IPv6 on loopback");
        }
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

    /**
     * A Binding is sent and its answer waited for, since a TLS 1.3 ticket comes with what is read after the handshake: openssl
     * leaves when its input ends, which it does when the magic cookie is in its output.
     */
    private static String opensslTo(String host, String name, String... options) throws Exception {
        Path binding = folder.resolve("binding");
        Files.write(binding, java.util.HexFormat.of().parseHex("000100002112a442000102030405060708090a0b"));
        Path seen = folder.resolve("seen");
        Files.deleteIfExists(seen);
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", host + ":" + tlsPort));
        command.addAll(List.of("-CAfile", certificate.toString(), "-verify_return_error"));
        command.addAll(List.of(options));
        String untilAnswered =
                "i=0; until LC_ALL=C grep -qaF \"$(printf '\\041\\022\\244\\102')\" '%s' || [ $i = 200 ];"
                                .formatted(seen)
                        + " do sleep 0.05; i=$((i+1)); done";
        String shell = "(cat '%s'; %s) | %s > '%s' 2>&1; cat '%s'"
                .formatted(binding, untilAnswered, String.join(" ", command), seen, seen);
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
            options.addAll(List.of("--tcp-listen=[::1]:" + tcpPort, "--tls-listen=[::1]:" + tlsPort));
        }
        return TurnSidecar.start(home, options, folder.resolve("turn.log"));
    }

    private static String script(String name, String url) throws Exception {
        try (InputStream in = TurnBrowserIT.class.getResourceAsStream("/browser/" + name)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .replace("@URL@", url)
                    .replace("@USER@", "alice")
                    .replace("@PASSWORD@", "wonderland");
        }
    }
}

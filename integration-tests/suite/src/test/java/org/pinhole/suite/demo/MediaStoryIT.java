package org.pinhole.suite.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.turn.TurnUri;

/** The media story with the TURN server as it is shipped, and a double of the edge; with the container it is the demo's. */
class MediaStoryIT {
    private static final String HOST = "127.0.0.2";
    private static final TestCertificates CERTIFICATES =
            TestCertificates.make("The double's CA", "edge.pinhole.test", HOST);
    private static final String SECRET = "north-wind-that-nobody-guesses";

    @TempDir
    private static Path folder;

    private static TurnPorts ports;
    private static TurnSidecar sidecar;

    /** Where the server of this test listens. */
    private record TurnPorts(DemoPort tls, DemoPort tcp, DemoPort udp) {}

    @BeforeAll
    static void aTurnServerFromTheDistribution() throws IOException {
        Path home = folder.resolve("pinhole");
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), home);
        InetAddress host = InetAddress.getByName(HOST);
        ports = new TurnPorts(
                DemoPort.choose(host, 18444, 18446),
                DemoPort.choose(host, 18081, 18082),
                DemoPort.chooseUdp(host, 13478));
        Path secret = folder.resolve("secret");
        SecretFile.write(secret, SECRET + "\n");
        sidecar = TurnSidecar.start(
                home,
                List.of(
                        "--tls-listen=" + HOST + ":" + ports.tls().number(),
                        "--tcp-listen=" + HOST + ":" + ports.tcp().number(),
                        "--udp-listen=" + HOST + ":" + ports.udp().number(),
                        "--relay-address=" + HOST,
                        "--allow-peer=" + HOST + "/32",
                        "--realm=pinhole.test",
                        "--user=alice:wonder",
                        "--shared-secret-file=" + secret,
                        "--certificate-file=" + CERTIFICATES.writeCertificate(folder.resolve("certificate.pem")),
                        "--private-key-file=" + CERTIFICATES.writeKey(folder.resolve("key.pem"))),
                folder.resolve("turn.log"));
    }

    @AfterAll
    static void stopped() {
        if (sidecar != null) {
            sidecar.close();
        }
    }

    @Test
    @Tag("U-9")
    @Tag("U-10")
    @Tag("T-1")
    @Tag("T-5")
    @Tag("T-8")
    void mediaGoesFromRelayToRelayWithWhatTheRegistrationGranted() throws IOException {
        List<String> told = new ArrayList<>();
        try (EdgeDouble edge = new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"))) {
            edge.grantTurn(MediaStoryIT::grant);

            boolean passed = new MediaStory(
                            config(edge), (name, ok, seen) -> told.add((ok ? "ok " : "FAILED ") + name + ": " + seen))
                    .run();

            assertThat(told).hasSize(14).allMatch(line -> line.startsWith("ok "));
            assertThat(told)
                    .anyMatch(line -> line.contains("1000 arrived, 1000 came back, 0 lost, 0 altered"))
                    .anyMatch(line -> line.contains("for 127.0.0.1 -> 403"));
            assertThat(passed).isTrue();
        }
    }

    private static MediaConfig config(EdgeDouble edge) {
        StoryConfig sip = new StoryConfig(
                edge.address(),
                "edge.pinhole.test",
                CERTIFICATES.writeCa(folder.resolve("ca.pem")),
                "pinhole.test",
                "alice",
                "wonder",
                "bob",
                "builder");
        return new MediaConfig(sip, tls(), tcp(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 9));
    }

    private static TurnUri tls() {
        return TurnUri.parse("turns:" + HOST + ":" + ports.tls().number());
    }

    private static TurnUri tcp() {
        return TurnUri.parse("turn:" + HOST + ":" + ports.tcp().number() + "?transport=tcp");
    }

    /** As docs/turn-header.md has it. */
    private static String grant(String aor) {
        String user = Instant.now().getEpochSecond() + 600 + ":" + aor.replaceFirst("^sip:([^@]*)@.*", "$1");
        return "turn;username=\"%s\";credential=\"%s\";realm=\"pinhole.test\";expires=600;uris=\"%s %s\""
                .formatted(user, hmac(user), tls(), tcp());
    }

    private static String hmac(String user) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.peer.Skip;
import org.pinhole.ue.digest.DigestAlgorithm;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** The UE by someone else's measure: Kamailio as edge and registrar, over TLS, with flows that it wants kept alive. */
@NeedsPeer({"kamailio", "openssl"})
class UeAtKamailioIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String NAME = "edge.pinhole.test";
    private static final String DOMAIN = "pinhole.test";

    @TempDir
    private static Path folder;

    private static Foreign kamailio;
    private static ServerCertificate certificate;
    private static int port;

    @BeforeAll
    static void kamailioForPhones() throws Exception {
        certificate = ServerCertificate.selfSigned(folder, NAME);
        port = LoopbackPort.free();
        String configuration = Files.readString(Bed.script("kamailio-tls.cfg"))
                .replace("@PORT@", Integer.toString(port))
                .replace("@CERTIFICATE@", certificate.certificate().toString())
                .replace("@KEY@", certificate.key().toString());
        Path file = Files.writeString(folder.resolve("kamailio.cfg"), configuration);
        try (Foreign check = Foreign.start(folder, "check", "kamailio", "-c", "-f", file.toString())) {
            if (check.await(SOON) != 0) {
                Skip.because("kamailio cannot run with its TLS and outbound modules: " + check.output());
            }
        }
        kamailio = Foreign.start(
                folder,
                "kamailio",
                "kamailio -DD -E -m 64 -M 8 -f %s -Y %s -w %2$s"
                        .formatted(file, folder)
                        .split(" ", -1));
        await().atMost(SOON).until(UeAtKamailioIT::listens);
    }

    private static boolean listens() {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void itEnds() {
        if (kamailio != null) {
            kamailio.close();
        }
    }

    @Test
    @Tag("U-2")
    @Tag("U-6")
    void aPhoneRegistersWithOutboundAndPingsAtTheFlowTimer() throws Exception {
        try (UserAgent alice = phone("alice", "wonder")) {
            Registered registered = alice.register();

            assertThat(registered.exchange().algorithm()).isEqualTo(DigestAlgorithm.SHA_256);
            assertThat(registered.outbound()).isTrue();
            assertThat(registered.flowTimerSeconds()).isEqualTo(25);
            assertThat(registered.keepSeconds())
                    .as("Kamailio knows nothing of RFC 6223")
                    .isNull();
            assertThat(registered.pingSeconds()).isEqualTo(25);
            assertThat(registered.publicGruu()).isNotNull();
            assertThat(alice.pingNow()).as("a pong").isPositive();
            assertThat(alice.register().exchange().response().status())
                    .as("a refresh")
                    .isEqualTo(200);
            assertThat(alice.unregister().exchange().response().status()).isEqualTo(200);
        }
    }

    @Test
    @Tag("U-6")
    void twoPhonesCallEachOtherAndEitherHangsUp() throws Exception {
        try (UserAgent alice = phone("alice", "wonder");
                UserAgent bob = phone("bob", "builder")) {
            alice.register();
            bob.register();

            OutgoingCall toBob = alice.call("sip:bob@" + DOMAIN);
            IncomingCall fromAlice = bob.awaitCall(SOON);
            assertThat(toBob.awaitAnswered(SOON).response().status()).isEqualTo(200);
            fromAlice.awaitConfirmed(SOON);
            assertThat(toBob.hangUp(SOON).status()).isEqualTo(200);
            assertThat(fromAlice.awaitRemoteHangUp(SOON).method()).isEqualTo("BYE");

            OutgoingCall toAlice = bob.call("sip:alice@" + DOMAIN);
            IncomingCall fromBob = alice.awaitCall(SOON);
            assertThat(toAlice.awaitAnswered(SOON).response().status()).isEqualTo(200);
            fromBob.awaitConfirmed(SOON);
            assertThat(fromBob.hangUp(SOON).status()).isEqualTo(200);
            assertThat(toAlice.awaitRemoteHangUp(SOON).method()).isEqualTo("BYE");
        }
    }

    private static UserAgent phone(String user, String password) throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", port), Trust.ofPem(certificate.certificate()))
                .named(NAME);
        return UserAgent.connect(UeSettings.of(route, DOMAIN, user, password), WireListener.NONE);
    }
}

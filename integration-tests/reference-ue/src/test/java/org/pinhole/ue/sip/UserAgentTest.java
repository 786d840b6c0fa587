package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.digest.Challenge;
import org.pinhole.ue.digest.DigestAlgorithm;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.TlsIntercepted;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelException;
import org.pinhole.ue.tunnel.TunnelRoute;

class UserAgentTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");

    @TempDir
    static Path folder;

    private static Path caFile = Path.of("");

    @SuppressWarnings("NullAway.Init") // JUnit calls startEdge first
    private EdgeDouble edge;

    @BeforeAll
    static void writeCa() {
        caFile = CERTIFICATES.writeCa(folder.resolve("ca.pem"));
    }

    @BeforeEach
    void startEdge() throws IOException {
        edge = new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"));
    }

    @AfterEach
    void stopEdge() throws IOException {
        edge.close();
    }

    private TunnelRoute route(Path ca) throws IOException {
        HostPort address = new HostPort("127.0.0.1", edge.address().getPort());
        return TunnelRoute.to(address, Trust.ofPem(ca)).named("edge.pinhole.test");
    }

    private UserAgent connect(String user, String password, WireListener wire) throws IOException {
        return UserAgent.connect(UeSettings.of(route(caFile), "pinhole.test", user, password), wire);
    }

    @Test
    @Tag("U-1")
    void tlsAgreesOnTheApplicationProtocolAndShowsTheCertificate() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            assertThat(alice.tls().protocol()).isEqualTo("TLSv1.3");
            assertThat(alice.tls().applicationProtocol()).isEqualTo("sip/2");
            assertThat(alice.tls().subjectAltNames()).containsExactly("edge.pinhole.test");
        }
    }

    @Test
    @Tag("U-1")
    void aChainThatIsNotOursIsReportedAsInterception() throws IOException {
        Path other = TestCertificates.make("Somebody else", "x").writeCa(folder.resolve("other.pem"));

        assertThatThrownBy(() -> UserAgent.connect(
                        UeSettings.of(route(other), "pinhole.test", "alice", "wonder"), WireListener.NONE))
                .isInstanceOf(TlsIntercepted.class)
                .hasMessageContaining("TLS intercepted: issuer CN=The double's CA");
    }

    @Test
    @Tag("U-1")
    @Tag("O-17")
    void aCertificateForAnotherNameIsRefusedByName() throws IOException {
        TunnelRoute wrongName = route(caFile).named("elsewhere.pinhole.test");

        assertThatThrownBy(() -> UserAgent.connect(
                        UeSettings.of(wrongName, "pinhole.test", "alice", "wonder"), WireListener.NONE))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining("is for [edge.pinhole.test], not for elsewhere.pinhole.test");
    }

    @Test
    @Tag("U-2")
    @Tag("D-1")
    void registersWithTheTopmostAlgorithmAndReadsKeep() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            Registered registered = alice.register();

            assertThat(registered.exchange().offered())
                    .extracting(Challenge::algorithmName)
                    .containsExactly("SHA-256", "MD5");
            assertThat(registered.exchange().algorithm()).isEqualTo(DigestAlgorithm.SHA_256);
            assertThat(registered.exchange().serverProved()).isTrue();
            assertThat(registered.keepSeconds()).isEqualTo(45);
            assertThat(registered.flowTimerSeconds()).isNull();
            assertThat(registered.outbound()).isFalse();
        }
    }

    @Test
    void readsFlowTimerAndTheConfirmationOfOutbound() throws IOException {
        edge.confirmOutbound();
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            Registered registered = alice.register();

            assertThat(registered.flowTimerSeconds()).isEqualTo(45);
            assertThat(registered.outbound()).isTrue();
        }
    }

    @Test
    void aWrongPasswordIsSaidInOneLine() throws IOException {
        try (UserAgent alice = connect("alice", "wrong", WireListener.NONE)) {
            assertThatThrownBy(alice::register)
                    .isInstanceOf(SipFailure.class)
                    .hasMessageContaining("credentials were not accepted");
        }
    }

    @Test
    @Tag("K-7")
    void theAnswerToDeRegistrationCarriesNoValue() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            alice.register();

            assertThat(alice.unregister().keepSeconds()).isNull();
        }
    }

    @Test
    @Tag("K-1")
    @Tag("U-4")
    void theWireShowsAValuelessOfferAndThePingAsOneWrite() throws IOException {
        List<String> sent = new CopyOnWriteArrayList<>();
        WireListener wire = new WireListener() {
            @Override
            public void sent(Instant at, String text) {
                sent.add(text);
            }

            @Override
            public void received(Instant at, String text) {}
        };
        try (UserAgent alice = connect("alice", "wonder", wire)) {
            alice.register();

            Duration roundTrip = alice.pingNow();

            assertThat(roundTrip).isPositive();
            assertThat(sent).last().isEqualTo("\r\n\r\n");
            assertThat(sent.get(0)).containsPattern("Via: SIP/2.0/TLS [^;]+;branch=[^;]+;rport;keep\r\n");
            assertThat(sent.get(0)).contains("Supported: path,outbound,gruu", ";reg-id=1;+sip.instance=\"<urn:uuid:");
            assertThat(sent).noneMatch(text -> text.contains("wonder"));
        }
    }

    @Test
    void aCallGoesThroughAndTheCalleeHangsUp() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE);
                UserAgent bob = connect("bob", "builder", WireListener.NONE)) {
            alice.register();
            bob.register();

            OutgoingCall call = bob.call("sip:alice@pinhole.test");
            assertThat(call.awaitRinging(SOON).status()).isEqualTo(180);
            Exchange answer = call.awaitAnswered(SOON);
            IncomingCall arrived = alice.awaitCall(SOON);
            arrived.awaitConfirmed(SOON);

            assertThat(answer.challenged()).extracting(SipResponse::status).containsExactly(407);
            assertThat(arrived.invite().uri()).isEqualTo(alice.contactUri());
            assertThat(answer.response().bodyText()).contains("m=audio 9 RTP/AVP 0", "a=inactive");
            assertThat(arrived.hangUp(SOON).status()).isEqualTo(200);
            assertThat(call.awaitRemoteHangUp(SOON).headers().find("Route")).isNull();
        }
    }

    @Test
    void theCallerHangsUpAlongTheRecordedRoute() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE);
                UserAgent bob = connect("bob", "builder", WireListener.NONE)) {
            alice.register();
            bob.register();
            OutgoingCall call = alice.call("sip:bob@pinhole.test");
            call.awaitAnswered(SOON);
            IncomingCall arrived = bob.awaitCall(SOON);
            arrived.awaitConfirmed(SOON);

            assertThat(call.hangUp(SOON).status()).isEqualTo(200);
            assertThat(arrived.awaitRemoteHangUp(SOON).method()).isEqualTo("BYE");
        }
    }

    @Test
    void aCallToNobodyIsRefusedInOneLine() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            alice.register();
            OutgoingCall call = alice.call("sip:nobody@pinhole.test");

            assertThatThrownBy(() -> call.awaitAnswered(SOON))
                    .hasMessageContaining("INVITE was answered 404 Not Found");
        }
    }

    @Test
    void aFlowThatEndsFailsWhatWaitsForIt() throws IOException {
        try (UserAgent alice = connect("alice", "wonder", WireListener.NONE)) {
            alice.register();

            edge.close();

            assertThat(alice.awaitFailure(SOON)).contains("closed the connection");
            assertThatThrownBy(() -> alice.awaitCall(SOON)).hasMessageContaining("closed the connection");
        }
    }
}

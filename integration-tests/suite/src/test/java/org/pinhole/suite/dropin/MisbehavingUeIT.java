package org.pinhole.suite.dropin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.pinhole.suite.container.Jdk;
import org.pinhole.ue.sip.IncomingCall;
import org.pinhole.ue.sip.Misbehaviour;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.sip.Registered;
import org.pinhole.ue.sip.SipFailure;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.UserAgent;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** The reference UE, told to do things wrong, at the registrar role: what the server makes of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // set before all tests
class MisbehavingUeIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int MOST_CALLS = 1000;

    private Site site;
    private InetSocketAddress connector;
    private final List<String> wire = new CopyOnWriteArrayList<>();

    /** What passed at the phone that is watched: {@code >} out, {@code <} in. */
    private final WireListener watch = new WireListener() {
        @Override
        public void sent(Instant at, String text) {
            wire.add("> " + text);
        }

        @Override
        public void received(Instant at, String text) {
            wire.add("< " + text);
        }
    };

    @BeforeAll
    void start() throws Exception {
        connector = Loopback.free();
        site = Site.assemble("misbehaving");
        site.install(connector);
        site.operator()
                .set(Map.of(
                        "pinhole.role", "registrar",
                        "pinhole.limits.header-bytes", "65536",
                        "pinhole.limits.write-queue-seconds", "2"));
        Files.writeString(site.home().resolve("conf/dars/mobicents-dar.properties"), "");
        site.addUsers();
        site.start(Jdk.running());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @BeforeEach
    void nothingWasSeen() {
        wire.clear();
    }

    @Test
    @Tag("K-3")
    @Tag("K-11")
    @Tag("K-12")
    void aPlantedKeepValueReachesNobodyAndIsNoOffer() throws Exception {
        try (UserAgent bob = bob(Misbehaviour.PLANTED_KEEP);
                UserAgent alice = alice(watch)) {
            assertThat(bob.register().keepSeconds())
                    .as("a value is no offer, so it is not answered")
                    .isNull();
            alice.register();

            OutgoingCall call = alice.call("sip:bob@" + Site.DOMAIN);
            IncomingCall ringing = bob.awaitCall(SOON);
            call.awaitAnswered(SOON);
            call.hangUp(SOON);

            assertThat(ringing.invite().headers().all("Via")).noneMatch(via -> via.contains("keep=1"));
            assertThat(wire).isNotEmpty().noneMatch(text -> text.startsWith("< ") && text.contains("keep=1"));
        }
    }

    /** Each REGISTER that proves who it is from goes out again with the same proof, under another Call-ID. */
    @Test
    @Tag("D-7")
    void aReplayedProofIsRefused() throws Exception {
        try (UserAgent alice = alice(watch, Misbehaviour.REPLAYS)) {
            alice.register();

            await().untilAsserted(() -> assertThat(count("> REGISTER "))
                    .as("without, with, replayed")
                    .isEqualTo(3));
            await().untilAsserted(() -> assertThat(count("< SIP/2.0 401")).isEqualTo(2));
            assertThat(count("< SIP/2.0 200")).isEqualTo(1);
        }
    }

    @Test
    @Tag("D-7")
    void aNonceCountThatStaysIsChallengedAnewAndOneThatGoesUpIsNot() throws Exception {
        try (UserAgent honest = alice(WireListener.NONE);
                UserAgent wrong = alice(WireListener.NONE, Misbehaviour.WRONG_NC)) {
            honest.register();
            wrong.register();

            Registered counted = honest.register();
            Registered stuck = wrong.register();

            assertThat(counted.exchange().offered()).isEmpty();
            assertThat(stuck.exchange().offered()).isNotEmpty();
            assertThat(stuck.exchange().response().status())
                    .as("with the new nonce")
                    .isEqualTo(200);
        }
    }

    /** Her second call goes to where the first one went in the end, which was his flow of then. */
    @Test
    @Tag("O-4")
    @Tag("O-7")
    void theTokenOfAFlowThatIsGoneReachesNobody() throws Exception {
        try (UserAgent alice = alice(watch, Misbehaviour.REUSED_TOKEN)) {
            alice.register();
            try (UserAgent bob = bob()) {
                bob.register();
                OutgoingCall call = alice.call("sip:bob@" + Site.DOMAIN);
                call.awaitAnswered(SOON);
                call.hangUp(SOON);
            }
            try (UserAgent bobAnew = bob()) {
                bobAnew.register();

                OutgoingCall call = alice.call("sip:bob@" + Site.DOMAIN);

                assertThat(call.invite().uri()).isNotEqualTo("sip:bob@" + Site.DOMAIN);
                assertThatThrownBy(() -> call.awaitAnswered(SOON)).isInstanceOf(SipFailure.class);
                assertThatThrownBy(() -> bobAnew.awaitCall(Duration.ofSeconds(1)))
                        .hasMessageContaining("no call came");
            }
        }
    }

    /** She calls a name that is long, and every answer has it in it. */
    @Test
    void aPhoneThatReadsTooSlowlyIsClosedAndOthersAreServed() throws Exception {
        String nobody = "sip:" + "x".repeat(20_000) + "@" + Site.DOMAIN;
        try (UserAgent alice = alice(WireListener.NONE, Misbehaviour.SLOW_READING);
                UserAgent bob = bob()) {
            alice.register();
            bob.register();

            for (int calls = 0; calls < MOST_CALLS && !closedForNotReading(); calls++) {
                alice.call(nobody);
                assertThat(bob.pingNow()).isPositive();
            }

            await().atMost(SOON).until(this::closedForNotReading);
            assertThat(bob.register().exchange().response().status()).isEqualTo(200);
        }
    }

    private boolean closedForNotReading() throws IOException {
        return site.log().contains("closed: the phone does not read");
    }

    private long count(String prefix) {
        return wire.stream().filter(text -> text.startsWith(prefix)).count();
    }

    private UserAgent alice(WireListener listener, Misbehaviour... how) throws IOException {
        return phone(Site.ALICE, Site.ALICE_PASSWORD, listener, how);
    }

    private UserAgent bob(Misbehaviour... how) throws IOException {
        return phone(Site.BOB, Site.BOB_PASSWORD, WireListener.NONE, how);
    }

    private UserAgent phone(String user, String password, WireListener listener, Misbehaviour... how)
            throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("127.0.0.1", connector.getPort()), Trust.ofPem(site.caFile()));
        UeSettings settings = UeSettings.of(route, Site.DOMAIN, user, password).misbehaving(Set.of(how));
        return UserAgent.connect(settings, listener);
    }
}

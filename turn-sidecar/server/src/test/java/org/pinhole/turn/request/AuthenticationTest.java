package org.pinhole.turn.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.REALM;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.MessageIntegritySha256;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.PasswordAlgorithms;
import org.pinhole.stun.RawAttribute;
import org.pinhole.stun.Realm;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.Software;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.Username;
import org.pinhole.turn.auth.EphemeralUsers;
import org.pinhole.turn.auth.KeyAnswer;

/** Long-term credentials in the order of RFC 8489 §9.2.4. */
@Tag("T-17")
class AuthenticationTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);
    private static final PasswordAlgorithms OFFERED =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5));

    private static final RawAttribute NOBODY_KNOWS = new RawAttribute(0x7FFF, new byte[4]);

    private final Server server = new Server();
    private final FakePath client = server.client;

    @Test
    @Tag("T-2")
    void withoutCredentialsTheAnswerIs401WithAllThatAClientNeeds() {
        StunMessage answer = server.ask(client, server.plain(StunMethod.ALLOCATE, UDP));

        assertThat(code(answer)).isEqualTo(401);
        assertThat(answer.require(Realm.TYPE).value()).isEqualTo(REALM);
        assertThat(answer.require(Nonce.TYPE).value()).startsWith("obMatJos2wAAA");
        assertThat(answer.require(PasswordAlgorithms.TYPE)).isEqualTo(OFFERED);
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-18")
    void anUnauthenticatedAnswerIsAtMostThreeTimesItsRequest() {
        ByteBuf smallest = server.plain(StunMethod.ALLOCATE, UDP);
        int asked = smallest.readableBytes();

        server.ask(client, smallest);

        assertThat(client.answerBytes.get(0)).isLessThanOrEqualTo(3 * asked);
    }

    @Test
    void integrityWithoutTheOtherCredentialsIs400() {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.ALLOCATE.request(), server.newId())
                .add(UDP)
                .add(new Username("alice"))
                .integrity(new byte[16]);

        StunMessage answer = server.ask(client, out);

        assertThat(code(answer)).isEqualTo(400);
        assertThat(answer.has(Nonce.TYPE)).isFalse();
        assertThat(answer.has(MessageIntegrity.TYPE)).isFalse();
    }

    /** Each of them by itself; all that is there is signed with the right key. */
    @ParameterizedTest
    @ValueSource(strings = {"user name", "realm", "nonce"})
    void integrityWithoutOneOfTheOtherCredentialsIs400(String missing) {
        List<Attribute> credentials = new ArrayList<>();
        credentials.add(UDP);
        if (!missing.equals("user name")) {
            credentials.add(new Username("alice"));
        }
        if (!missing.equals("realm")) {
            credentials.add(new Realm(REALM));
        }
        if (!missing.equals("nonce")) {
            credentials.add(new Nonce(server.nonce(client)));
        }

        StunMessage answer = server.ask(client, sealed(credentials));

        assertThat(code(answer)).isEqualTo(400);
        assertThat(server.table.size()).isZero();
    }

    /** One without the other, one that was not offered, and an offer in another order: somebody changed the challenge. */
    @Test
    void passwordAlgorithmsThatAreNotAsOfferedAre400() {
        PasswordAlgorithm neverOffered = new PasswordAlgorithm(7);
        List<List<Attribute>> wrong = List.of(
                List.of(OFFERED),
                List.of(PasswordAlgorithm.MD5),
                List.of(OFFERED, neverOffered),
                List.of(
                        new PasswordAlgorithms(List.of(PasswordAlgorithm.MD5, PasswordAlgorithm.SHA_256)),
                        PasswordAlgorithm.MD5));
        for (List<Attribute> attributes : wrong) {
            List<Attribute> credentials = new ArrayList<>(attributes);
            credentials.addAll(List.of(UDP, new Username("alice"), new Realm(REALM), new Nonce(server.nonce(client))));

            assertThat(code(server.ask(client, sealed(credentials))))
                    .as("%s", attributes)
                    .isEqualTo(400);
        }
        assertThat(server.table.size()).isZero();
    }

    private ByteBuf sealed(List<Attribute> attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.ALLOCATE.request(), server.newId());
        attributes.forEach(encoder::add);
        encoder.integrity(ALICE.require(PasswordAlgorithm.MD5));
        return out;
    }

    /** The documented deviation: RFC 8489 has the nonce last, and floods would reach the user store. */
    @Test
    @Tag("T-18")
    void aNonceThatIsNotOursIsAnsweredBeforeAnybodyIsLookedUp() {
        List<String> asked = new ArrayList<>();
        Server looking = new Server(username -> {
            asked.add(username);
            return CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        });
        ByteBuf stale = looking.signed(looking.client, "alice", ALICE, StunMethod.ALLOCATE, looking.newId(), UDP);
        looking.advance(Duration.ofMinutes(11));

        assertThat(code(looking.ask(looking.client, stale))).isEqualTo(438);
        assertThat(asked).isEmpty();
        assertThat(code(looking.allocate())).isZero();
        assertThat(asked).containsExactly("alice");
    }

    @Test
    void credentialsAreCheckedBeforeAnythingElseIsComplainedAbout() {
        StunMessage answer = server.ask(client, server.plain(StunMethod.ALLOCATE, new RequestedTransport(99)));
        StunMessage unknown = server.ask(client, server.plain(StunMethod.ALLOCATE, UDP, NOBODY_KNOWS));

        assertThat(code(answer)).isEqualTo(401);
        assertThat(code(unknown)).isEqualTo(401);
    }

    @Test
    void unknownUserAndWrongPasswordGetTheSameAnswer() {
        LongTermKeys wrong = LongTermKeys.of("alice", REALM, "looking-glass");

        StunMessage unknown =
                server.ask(client, server.signed(client, "mallory", wrong, StunMethod.ALLOCATE, server.newId(), UDP));
        StunMessage badPassword =
                server.ask(client, server.signed(client, "alice", wrong, StunMethod.ALLOCATE, server.newId(), UDP));

        assertThat(code(unknown)).isEqualTo(401);
        assertThat(badPassword.attributes()).isEqualTo(unknown.attributes());
        assertThat(badPassword.has(MessageIntegrity.TYPE)).isFalse();
        assertThat(server.table.size()).isZero();
    }

    @Test
    @Tag("T-2")
    void aStaleNonceIs438WithAFreshOne() {
        ByteBuf request = server.signed(client, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP);
        server.advance(Duration.ofMinutes(11));

        StunMessage answer = server.ask(client, request);

        assertThat(code(answer)).isEqualTo(438);
        assertThat(answer.has(Realm.TYPE)).isTrue();
        assertThat(answer.has(PasswordAlgorithms.TYPE)).isTrue();
        assertThat(code(server.allocate())).isZero();
    }

    /** Who sends in the name of a network uses up its answers, but not those of its allocations' owners. */
    @Test
    @Tag("T-18")
    void anOwnerIsToldHisNewNonceWhateverOthersHaveUsedUp() {
        server.allocate();
        ByteBuf own = server.signed(client, "alice", ALICE, StunMethod.REFRESH, server.newId());
        ByteBuf forged = server.signed(client, "alice", BOB, StunMethod.REFRESH, server.newId());
        server.advance(Duration.ofMinutes(9));
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
        server.advance(Duration.ofMinutes(2));
        server.answersAllowed = false;

        for (int i = 0; i < 10; i++) {
            server.router.received(client, forged.duplicate());
        }
        assertThat(server.outcomes).endsWith(StunMethod.REFRESH.code() + " unanswered");

        assertThat(code(server.ask(client, own))).isEqualTo(438);
    }

    /** The SIP side hands out a new one for each registration; the one that opened the allocation may long be over. */
    @Test
    @Tag("T-18")
    void anOwnerWithANewerCredentialGoesOnWhateverOthersHaveUsedUp() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> Instant.ofEpochSecond(1_790_000_000L)));
        expiring.ask(expiring.client, ephemeral(expiring, secret, "1790003600:alice", StunMethod.ALLOCATE, UDP));
        ByteBuf stale = ephemeral(expiring, secret, "1790007200:alice", StunMethod.REFRESH);
        FakePath stranger = FakePath.tcp(40001);
        ByteBuf strangers = expiring.signed(stranger, "mallory", BOB, StunMethod.REFRESH, expiring.newId());
        expiring.advance(Duration.ofMinutes(9));
        assertThat(code(expiring.ask(
                        expiring.client, ephemeral(expiring, secret, "1790003600:alice", StunMethod.REFRESH))))
                .isZero();
        expiring.advance(Duration.ofMinutes(2));
        ByteBuf fresh = ephemeral(expiring, secret, "1790007200:alice", StunMethod.REFRESH);
        expiring.answersAllowed = false;
        expiring.lookUpsAllowed = false;

        expiring.router.received(stranger, strangers);
        assertThat(expiring.outcomes).endsWith(StunMethod.REFRESH.code() + " unanswered");

        assertThat(code(expiring.ask(expiring.client, stale))).isEqualTo(438);
        assertThat(code(expiring.ask(expiring.client, fresh))).isZero();
    }

    /** Who sends on the owner's own five-tuple has no nonce of his; and the newer credential is the owner's from its Refresh on. */
    @Test
    @Tag("T-18")
    void aStrangerOnTheOwnersFiveTupleDoesNotKeepAnOwnerWithANewerCredentialFromGoingOn() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> Instant.ofEpochSecond(1_790_000_000L)));
        expiring.ask(expiring.client, ephemeral(expiring, secret, "1790003600:alice", StunMethod.ALLOCATE, UDP));
        ByteBuf forged = expiring.signed(FakePath.tcp(40001), "mallory", BOB, StunMethod.REFRESH, expiring.newId());
        ByteBuf first = ephemeral(expiring, secret, "1790007200:alice", StunMethod.REFRESH);
        ByteBuf later = ephemeral(expiring, secret, "1790007200:alice", StunMethod.REFRESH);
        expiring.answersAllowed = false;
        expiring.lookUpsAllowed = false;

        send(expiring, forged, 10);
        assertThat(expiring.outcomes).endsWith(StunMethod.REFRESH.code() + " unanswered");
        assertThat(code(expiring.ask(expiring.client, first))).as("looked up").isZero();

        expiring.advance(Duration.ofMinutes(9));
        expiring.answersAllowed = true;
        ByteBuf between = ephemeral(expiring, secret, "1790007200:alice", StunMethod.REFRESH);
        expiring.answersAllowed = false;
        assertThat(code(expiring.ask(expiring.client, between))).isZero();
        expiring.advance(Duration.ofMinutes(2));
        send(expiring, forged, 10);
        assertThat(code(expiring.ask(expiring.client, later)))
                .as("is told his new nonce")
                .isEqualTo(438);
    }

    private static void send(Server server, ByteBuf message, int times) {
        for (int i = 0; i < times; i++) {
            server.router.received(server.client, message.duplicate());
        }
    }

    private static ByteBuf ephemeral(
            Server server, byte[] secret, String name, StunMethod method, Attribute... attributes) {
        LongTermKeys keys =
                LongTermKeys.of(name, REALM, EphemeralUsers.password(EphemeralUsers.Hash.SHA_256, secret, name));
        return server.signed(server.client, name, keys, method, server.newId(), attributes);
    }

    @Test
    void aNonceOfAnotherSourceIsStale() {
        FakePath other = new FakePath(org.pinhole.turn.allocation.TransportProtocol.UDP, 40001);

        StunMessage answer =
                server.ask(other, server.signed(client, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));

        assertThat(code(answer)).isEqualTo(438);
    }

    @Test
    void theAnswerIsSealedAsTheRequestWas() {
        StunMessage classic = server.allocate();
        assertThat(classic.integrityIsRight(ALICE.require(PasswordAlgorithm.MD5)))
                .isTrue();
        assertThat(classic.has(MessageIntegritySha256.TYPE)).isFalse();

        FakePath modern = new FakePath(org.pinhole.turn.allocation.TransportProtocol.UDP, 40001);
        StunMessage answer =
                server.ask(modern, server.signed8489(modern, ALICE, PasswordAlgorithm.SHA_256, OFFERED, UDP));
        assertThat(answer.type().kind()).isEqualTo(StunClass.SUCCESS);
        assertThat(answer.integritySha256IsRight(ALICE.require(PasswordAlgorithm.SHA_256)))
                .isTrue();
        assertThat(answer.has(MessageIntegrity.TYPE)).isFalse();
    }

    @Test
    void sha256IntegrityWithTheMd5KeyIsAChoiceToo() {
        StunMessage answer = server.ask(client, server.signed8489(client, ALICE, PasswordAlgorithm.MD5, OFFERED, UDP));

        assertThat(answer.type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    @Test
    void anOfferThatSomebodyShortenedIs400() {
        PasswordAlgorithms bidDown = new PasswordAlgorithms(List.of(PasswordAlgorithm.MD5));

        StunMessage answer = server.ask(client, server.signed8489(client, ALICE, PasswordAlgorithm.MD5, bidDown, UDP));

        assertThat(code(answer)).isEqualTo(400);
    }

    @Test
    void keysThatCannotBeLookedUpAreATemporaryErrorAndNeverAWrongPassword() {
        Server down = Server.askingLater(CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE));

        StunMessage answer = down.allocate();

        assertThat(code(answer)).isEqualTo(500);
        assertThat(answer.has(Nonce.TYPE)).isFalse();
    }

    @Test
    void aLookUpThatTakesTimeAnswersOnTheClientsEventLoop() {
        CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
        Server waiting = Server.askingLater(later);
        waiting.router.received(
                waiting.client,
                waiting.signed(waiting.client, "alice", ALICE, StunMethod.ALLOCATE, waiting.newId(), UDP));

        later.complete(new KeyAnswer.Known(ALICE));
        assertThat(waiting.client.answers).isEmpty();
        waiting.client.runPosted();

        assertThat(waiting.client.lastAnswer().type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    /** Nobody would ever end what it opens: its connection has been closed already. */
    @Test
    void aClientThatLeavesDuringTheLookUpLeavesNothingBehind() {
        CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
        Server waiting = Server.askingLater(later);
        FakePath leaving = FakePath.tcp(40000);
        waiting.router.received(
                leaving, waiting.signed(leaving, "alice", ALICE, StunMethod.ALLOCATE, waiting.newId(), UDP));

        leaving.open = false;
        waiting.router.closed(leaving);
        later.complete(new KeyAnswer.Known(ALICE));
        leaving.runPosted();

        assertThat(waiting.table.size()).isZero();
        assertThat(waiting.relays.opened).isEmpty();
        assertThat(leaving.answers).isEmpty();
    }

    /** 19,413 questions of one source, each with an invented name, once kept every SIP user out. */
    @Test
    @Tag("T-18")
    void oneSourceHasOnlySoManyNamesLookedUpAtOnceAndTheRestStayWithoutAnAnswer() {
        List<CompletableFuture<KeyAnswer>> asked = new ArrayList<>();
        Server busy = new Server(username -> {
            CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
            asked.add(later);
            return later;
        });

        for (int i = 0; i < 1000; i++) {
            busy.router.received(
                    busy.client,
                    busy.signed(busy.client, "invented" + i, ALICE, StunMethod.ALLOCATE, busy.newId(), UDP));
        }

        assertThat(asked).hasSize(64);
        assertThat(busy.outcomes.stream().filter("3 unanswered"::equals)).hasSize(1000 - 64);
        asked.get(0).complete(KeyAnswer.UNKNOWN);
        busy.router.received(
                busy.client, busy.signed(busy.client, "alice", ALICE, StunMethod.ALLOCATE, busy.newId(), UDP));
        assertThat(asked).hasSize(65);
    }

    @Test
    @Tag("T-18")
    void aSourceThatAsksTooOftenIsNotLookedUpAndAnOwnerIsAndGoesOn() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        });
        server.allocate();
        FakePath stranger = new FakePath(org.pinhole.turn.allocation.TransportProtocol.UDP, 40001);
        server.lookUpsAllowed = false;

        server.router.received(
                stranger, server.signed(stranger, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));

        assertThat(stranger.answers).isEmpty();
        assertThat(asked).containsExactly("alice");
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
        assertThat(asked).containsExactly("alice", "alice");
    }

    /** Past his network's share, and no more often than that: what is not asked is not served either. */
    @Test
    @Tag("T-18")
    void anOwnerIsLookedUpSoOftenAndBeyondThatStaysWithoutAnAnswer() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        });
        server.allocate();
        server.lookUpsAllowed = false;

        for (int i = 0; i < 100; i++) {
            server.router.received(
                    server.client, server.signed(server.client, "alice", ALICE, StunMethod.REFRESH, server.newId()));
        }

        assertThat(asked).hasSize(1 + 2);
        assertThat(server.outcomes.stream().filter("4 success"::equals)).hasSize(2);
        assertThat(server.outcomes.stream().filter("4 unanswered"::equals)).hasSize(100 - 2);
        server.advance(Duration.ofSeconds(1));
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
    }

    /** Who has an allocation has no more names looked up for it than those that may be his own, and few of them. */
    @Test
    @Tag("T-18")
    void namesThatCannotBeTheOwnersAreNotSparedTheLimitAndOthersOnlySoOften() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return username.equals("alice")
                    ? CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE))
                    : new CompletableFuture<>();
        });
        server.allocate();
        server.lookUpsAllowed = false;

        for (int i = 0; i < 100; i++) {
            for (String name : List.of("invented" + i, "17900036%02d:mallory".formatted(i))) {
                server.router.received(
                        server.client, server.signed(server.client, name, BOB, StunMethod.REFRESH, server.newId()));
            }
        }
        assertThat(asked).containsExactly("alice");
        for (int i = 0; i < 100; i++) {
            String name = "17900036%02d:alice".formatted(i);
            server.router.received(
                    server.client, server.signed(server.client, name, BOB, StunMethod.REFRESH, server.newId()));
        }

        assertThat(asked).containsExactly("alice", "1790003600:alice", "1790003601:alice");
    }

    @Test
    void theOwnerOfAnAllocationIsNotLookedUpAgain() {
        CompletableFuture<KeyAnswer> first = CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        List<CompletableFuture<KeyAnswer>> answers =
                new java.util.ArrayList<>(List.of(first, CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE)));
        Server once = new Server(username -> answers.remove(0));
        once.allocate();

        assertThat(code(once.ask(StunMethod.REFRESH))).isZero();
    }

    @Test
    @Tag("T-16")
    void anAnswerHasAFingerprintWhenItsRequestHadOne() {
        ByteBuf request = server.plain(StunMethod.BINDING);
        ByteBuf marked = Unpooled.buffer();
        StunEncoder.start(marked, StunMethod.BINDING.request(), server.newId())
                .add(new Software("x"))
                .fingerprint();

        assertThat(server.ask(client, request).hasFingerprint()).isFalse();
        assertThat(server.ask(client, marked).hasFingerprint()).isTrue();
    }
}

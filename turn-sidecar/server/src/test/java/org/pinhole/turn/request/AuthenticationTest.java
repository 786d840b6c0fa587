package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.REALM;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
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

package org.pinhole.turn.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.REALM;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.Realm;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.UserHash;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.auth.EphemeralUsers;
import org.pinhole.turn.auth.KeyAnswer;
import org.pinhole.turn.auth.KeySource;

/** Who a user is, under which name, and for how long. */
class UserIdentityTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final Server server = new Server();
    private final FakePath client = server.client;

    @Test
    @Tag("T-17")
    void aUserMaySendTheHashOfItsNameInsteadOfIt() {
        assertThat(server.nonce(client)).as("the cookie offers it").startsWith("obMatJos2wAAA");

        assertThat(code(server.ask(client, hashed("alice", StunMethod.ALLOCATE, UDP))))
                .isZero();
        assertThat(code(server.ask(client, hashed("alice", StunMethod.REFRESH))))
                .isZero();
        assertThat(code(server.ask(client, hashed("mallory", StunMethod.REFRESH))))
                .isEqualTo(401);
    }

    @Test
    @Tag("T-17")
    void hashedNamesAreNotOfferedWhereTheyCannotBeFound() {
        Server lookingUp = new Server(username -> CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE)));

        assertThat(lookingUp.nonce(lookingUp.client)).startsWith("obMatJos2gAAA");
    }

    @Test
    @Tag("T-17")
    void anExpiringPasswordOfEitherHashFunctionOpensTheDoor() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> Instant.ofEpochSecond(1_790_000_000L)));
        String name = "1790003600:alice";
        int port = 43000;
        for (EphemeralUsers.Hash hash : EphemeralUsers.Hash.values()) {
            LongTermKeys keys = LongTermKeys.of(name, REALM, EphemeralUsers.password(hash, secret, name));
            FakePath path = FakePath.tcp(port++);

            assertThat(code(expiring.ask(
                            path, expiring.signed(path, name, keys, StunMethod.ALLOCATE, expiring.newId(), UDP))))
                    .isZero();
        }
    }

    /** coturn 4.17.0 3c5b2615 is a relative: a quota that another name for the same user evades is none. */
    @Test
    @Tag("T-4")
    void theQuotaOfExpiringNamesIsTheirUsers() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> Instant.ofEpochSecond(1_790_000_000L)));
        int last = 0;
        for (int i = 0; i < 4; i++) {
            String name = (1_790_003_600 + i) + ":alice";
            LongTermKeys keys =
                    LongTermKeys.of(name, REALM, EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, secret, name));
            FakePath path = FakePath.tcp(43000 + i);
            last = code(
                    expiring.ask(path, expiring.signed(path, name, keys, StunMethod.ALLOCATE, expiring.newId(), UDP)));
        }

        assertThat(last).as("the fourth of three").isEqualTo(486);
    }

    @Test
    @Tag("T-8")
    void aUserThatIsGoneLosesTheAllocationAtItsRefresh() {
        List<KeyAnswer> answers = new ArrayList<>(List.of(new KeyAnswer.Known(ALICE), KeyAnswer.UNKNOWN));
        Server deregistering = new Server(username -> CompletableFuture.completedFuture(answers.remove(0)));
        deregistering.allocate();
        assertThat(code(deregistering.permit(Server.PEER))).as("not asked for").isZero();

        StunMessage answer = deregistering.ask(StunMethod.REFRESH);

        assertThat(code(answer)).isEqualTo(401);
        assertThat(deregistering.relays.last().closed).isTrue();
        assertThat(deregistering.table.size()).isZero();
    }

    @Test
    @Tag("T-8")
    void aUserThatHasDeregisteredLosesTheAllocationAtItsRefresh() {
        List<KeyAnswer> answers = new ArrayList<>(List.of(new KeyAnswer.Known(ALICE), KeyAnswer.ENDED));
        Server deregistering = new Server(username -> CompletableFuture.completedFuture(answers.remove(0)));
        deregistering.allocate();

        assertThat(code(deregistering.ask(StunMethod.REFRESH))).isEqualTo(401);
        assertThat(deregistering.table.size()).isZero();
    }

    /** Or whoever is to lose it would use up the share himself and keep it for ever. */
    @Test
    @Tag("T-8")
    void aUserThatHasDeregisteredLosesTheAllocationThoughItsNetworkHasHadItsShareOfLookUps() {
        List<KeyAnswer> answers = new ArrayList<>(List.of(new KeyAnswer.Known(ALICE), KeyAnswer.ENDED));
        Server deregistering = new Server(username -> CompletableFuture.completedFuture(answers.remove(0)));
        deregistering.allocate();
        deregistering.lookUpsAllowed = false;

        assertThat(code(deregistering.ask(StunMethod.REFRESH))).isEqualTo(401);
        assertThat(deregistering.table.size()).isZero();
    }

    @Test
    @Tag("T-8")
    void anExpiredCredentialLosesTheAllocationThoughItsNetworkHasHadItsShareOfLookUps() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Instant[] now = {Instant.ofEpochSecond(1_790_000_000L)};
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> now[0]));
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_000_600L, StunMethod.ALLOCATE, UDP)))
                .isZero();
        expiring.lookUpsAllowed = false;

        now[0] = Instant.ofEpochSecond(1_790_000_601L);

        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_000_600L, StunMethod.REFRESH)))
                .isEqualTo(401);
        assertThat(expiring.table.size()).isZero();
    }

    /** And the old one is nobody's from then on. */
    @Test
    @Tag("T-8")
    void aNewPasswordIsTheOwnersFromItsFirstRefreshOn() {
        KeyAnswer[] ofAlice = {new KeyAnswer.Known(ALICE)};
        Server server = new Server(username -> CompletableFuture.completedFuture(ofAlice[0]));
        server.allocate();
        LongTermKeys changed = LongTermKeys.of("alice", REALM, "through the looking-glass");
        ofAlice[0] = new KeyAnswer.Known(changed);

        assertThat(code(server.ask(server.client, alice(server, changed, StunMethod.REFRESH))))
                .isZero();

        assertThat(code(server.ask(server.client, alice(server, changed, StunMethod.REFRESH))))
                .isZero();
        assertThat(code(server.ask(
                        server.client,
                        alice(server, changed, StunMethod.CREATE_PERMISSION, new XorPeerAddress(Server.PEER)))))
                .as("not looked up")
                .isZero();
        assertThat(code(server.permit(Server.PEER))).isEqualTo(401);
    }

    private static ByteBuf alice(Server server, LongTermKeys keys, StunMethod method, Attribute... attributes) {
        return server.signed(server.client, "alice", keys, method, server.newId(), attributes);
    }

    @Test
    @Tag("T-8")
    void aRegistrarThatIsDownEndsNoAllocation() {
        List<KeyAnswer> answers = new ArrayList<>(List.of(new KeyAnswer.Known(ALICE), KeyAnswer.UNAVAILABLE));
        Server restarting = new Server(username -> CompletableFuture.completedFuture(answers.remove(0)));
        restarting.allocate();

        assertThat(code(restarting.ask(StunMethod.REFRESH))).isZero();
        assertThat(restarting.table.size()).isOne();
    }

    /** The registrar's word on alice decides, and only that her registration is over ends what it opened. */
    @Test
    @Tag("T-8")
    void anExpiringCredentialEndsWithTheRegistrationThatItWasHandedOutFor() {
        byte[] secret = "north wind".getBytes(UTF_8);
        EphemeralUsers expiring = new EphemeralUsers(secret, REALM, () -> Instant.ofEpochSecond(1_790_000_000L));
        KeyAnswer[] ofAlice = {KeyAnswer.UNKNOWN};
        Server registered = new Server(KeySource.whileRegistered(
                expiring,
                user -> CompletableFuture.completedFuture(user.equals("alice") ? ofAlice[0] : KeyAnswer.ENDED)));

        assertThat(code(refreshOrAllocate(registered, secret, 1_790_000_600L, StunMethod.ALLOCATE, UDP)))
                .isZero();
        for (KeyAnswer stillServed : List.of(KeyAnswer.UNAVAILABLE, new KeyAnswer.Known(ALICE))) {
            ofAlice[0] = stillServed;
            assertThat(code(refreshOrAllocate(registered, secret, 1_790_000_600L, StunMethod.REFRESH)))
                    .isZero();
        }
        ofAlice[0] = KeyAnswer.ENDED;
        assertThat(code(refreshOrAllocate(registered, secret, 1_790_000_600L, StunMethod.REFRESH)))
                .isEqualTo(401);
        assertThat(registered.table.size()).isZero();
    }

    @Test
    @Tag("T-8")
    void nobodyElseCanEndAnAllocationByPretendingToBeAUserThatIsGone() {
        List<KeyAnswer> answers = new ArrayList<>(List.of(new KeyAnswer.Known(ALICE), KeyAnswer.UNKNOWN));
        Server deregistering = new Server(username -> CompletableFuture.completedFuture(answers.remove(0)));
        deregistering.allocate();

        StunMessage answer = deregistering.ask(
                deregistering.client,
                deregistering.signed(
                        deregistering.client, "alice", Server.BOB, StunMethod.REFRESH, deregistering.newId()));

        assertThat(code(answer)).isEqualTo(401);
        assertThat(deregistering.relays.last().closed).isFalse();
    }

    @Test
    @Tag("T-8")
    void anExpiringCredentialRefreshesUntilItExpiresAndANewerOneOfTheUserGoesOn() {
        byte[] secret = "north wind".getBytes(UTF_8);
        Instant[] now = {Instant.ofEpochSecond(1_790_000_000L)};
        Server expiring = new Server(new EphemeralUsers(secret, REALM, () -> now[0]));
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_000_600L, StunMethod.ALLOCATE, UDP)))
                .isZero();

        now[0] = Instant.ofEpochSecond(1_790_000_599L);
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_000_600L, StunMethod.REFRESH)))
                .isZero();
        now[0] = Instant.ofEpochSecond(1_790_000_601L);
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_004_200L, StunMethod.REFRESH)))
                .as("the same user's next credential")
                .isZero();
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_000_600L, StunMethod.REFRESH)))
                .as("the old one opens nothing and ends nothing")
                .isEqualTo(401);
        assertThat(expiring.table.size()).isOne();
        now[0] = Instant.ofEpochSecond(1_790_004_201L);
        assertThat(code(refreshOrAllocate(expiring, secret, 1_790_004_200L, StunMethod.REFRESH)))
                .isEqualTo(401);
        assertThat(expiring.table.size()).isZero();
    }

    private static StunMessage refreshOrAllocate(
            Server expiring, byte[] secret, long expiry, StunMethod method, Attribute... attributes) {
        String name = expiry + ":alice";
        LongTermKeys keys =
                LongTermKeys.of(name, REALM, EphemeralUsers.password(EphemeralUsers.Hash.SHA_1, secret, name));
        return expiring.ask(
                expiring.client, expiring.signed(expiring.client, name, keys, method, expiring.newId(), attributes));
    }

    private ByteBuf hashed(String name, StunMethod method, Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, method.request(), server.newId());
        List.of(attributes).forEach(encoder::add);
        encoder.add(UserHash.of(name, REALM)).add(new Realm(REALM)).add(new Nonce(server.nonce(client)));
        encoder.integrity(ALICE.require(PasswordAlgorithm.MD5));
        return out;
    }
}

package org.pinhole.turn.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.REALM;
import static org.pinhole.turn.request.Server.code;

import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.auth.EphemeralUsers;

/** Who has an allocation goes on with it, whatever others have used up of what his network may have. */
@Tag("T-17")
class OwnersGoOnTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    private final Server server = new Server();
    private final FakePath client = server.client;

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
}

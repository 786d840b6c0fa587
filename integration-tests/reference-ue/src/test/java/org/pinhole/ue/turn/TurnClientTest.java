package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.PasswordAlgorithms;
import org.pinhole.stun.Realm;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;

/** The client's protocol against a scripted server: no socket, no time. */
class TurnClientTest {
    private static final TurnCredentials ALICE = new TurnCredentials("alice", "wonder");
    private static final Realm REALM = new Realm("pinhole.test");
    private static final Nonce COOKIE = new Nonce("obMatJos2gAAAfirst");
    private static final PasswordAlgorithms BOTH =
            new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5));
    private static final LongTermKeys KEYS = LongTermKeys.of("alice", "pinhole.test", "wonder");
    private static final byte[] MD5 = KEYS.require(PasswordAlgorithm.MD5);
    private static final byte[] SHA_256 = KEYS.require(PasswordAlgorithm.SHA_256);
    private static final InetSocketAddress RELAYED = new InetSocketAddress("192.0.2.1", 50000);
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4000);

    private final List<Duration> waited = new ArrayList<>();
    private final Patience impatience = (answer, limit) -> {
        waited.add(limit);
        return answer.getNow(null);
    };

    private TurnClient client(ScriptedServer server) throws IOException {
        return new TurnClient(server, ALICE, impatience);
    }

    private static void grant(ScriptedServer server, StunMessage request) {
        server.succeed(
                request,
                answer -> answer.integritySha256(SHA_256),
                new XorRelayedAddress(RELAYED),
                new XorMappedAddress(PEER),
                new Lifetime(600));
    }

    /** Challenges what is not sealed, grants what is. */
    private static void serve(ScriptedServer server, StunMessage request) {
        if (request.has(Username.TYPE)) {
            grant(server, request);
        } else {
            server.fail(request, 401, REALM, COOKIE, BOTH);
        }
    }

    @Test
    @Tag("T-2")
    void aChallengeIsAnsweredWithTheFirstPasswordAlgorithmAndSha256() throws IOException {
        ScriptedServer server = new ScriptedServer(true, TurnClientTest::serve);

        Allocation granted = client(server).allocate();

        StunMessage sealed = server.requests.get(1);
        assertThat(server.requests).hasSize(2);
        assertThat(server.requests.get(0).has(Username.TYPE)).isFalse();
        assertThat(sealed.require(PasswordAlgorithm.TYPE)).isEqualTo(PasswordAlgorithm.SHA_256);
        assertThat(sealed.require(PasswordAlgorithms.TYPE)).isEqualTo(BOTH);
        assertThat(sealed.integritySha256IsRight(SHA_256)).isTrue();
        assertThat(sealed.has(MessageIntegrity.TYPE)).isFalse();
        assertThat(granted).isEqualTo(new Allocation(RELAYED, PEER, Duration.ofMinutes(10)));
    }

    @Test
    @Tag("T-2")
    void anOlderServerGetsMd5AndMessageIntegrity() throws IOException {
        ScriptedServer server = new ScriptedServer(true, (self, request) -> {
            if (request.integrityIsRight(MD5)) {
                self.succeed(request, answer -> answer.integrity(MD5), new Lifetime(300));
            } else {
                self.fail(request, 401, REALM, new Nonce("plain"));
            }
        });
        TurnClient client = client(server);

        assertThat(client.refresh(Duration.ofMinutes(5))).isEqualTo(Duration.ofMinutes(5));
        assertThat(client.authenticated()).isEqualTo("MD5 in pinhole.test");
    }

    @Test
    void aNonceThatGoesStaleIsReplaced() throws IOException {
        Nonce second = new Nonce("obMatJos2gAAAsecond");
        ScriptedServer server = new ScriptedServer(true, (self, request) -> {
            if (request.has(Username.TYPE) && !request.require(Nonce.TYPE).equals(second)) {
                self.fail(request, 438, REALM, second, BOTH);
            } else {
                serve(self, request);
            }
        });

        client(server).allocate();

        assertThat(server.requests).hasSize(3);
        assertThat(server.requests.get(2).require(Nonce.TYPE)).isEqualTo(second);
    }

    @Test
    void aWrongPasswordIsSaidWithItsCodeAndNotTriedAgain() throws IOException {
        ScriptedServer server =
                new ScriptedServer(true, (self, request) -> self.fail(request, 401, REALM, COOKIE, BOTH));
        TurnClient client = client(server);

        assertThatThrownBy(client::allocate)
                .isInstanceOfSatisfying(
                        TurnRefused.class, refused -> assertThat(refused.code()).isEqualTo(401))
                .hasMessageStartingWith("Allocate was answered with 401; it does not know this user");
        assertThat(server.requests).hasSize(2);
    }

    @Test
    void aForbiddenPeerIsARefusalWith403() throws IOException {
        ScriptedServer server = new ScriptedServer(true, (self, request) -> {
            if (request.type().method().equals(StunMethod.CREATE_PERMISSION)) {
                self.fail(request, 403);
            } else {
                serve(self, request);
            }
        });
        TurnClient client = client(server);
        client.allocate();

        assertThatThrownBy(() -> client.permit(PEER))
                .isInstanceOfSatisfying(
                        TurnRefused.class, refused -> assertThat(refused.code()).isEqualTo(403));
    }

    @Test
    void aChallengeThatLostItsAlgorithmsIsNotAnswered() throws IOException {
        ScriptedServer server = new ScriptedServer(true, (self, request) -> self.fail(request, 401, REALM, COOKIE));
        TurnClient client = client(server);

        assertThatThrownBy(client::allocate).isInstanceOf(TurnException.class).hasMessageContaining("weaken");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void overUdpARequestIsSentSevenTimesWithOneTransactionId() throws IOException {
        ScriptedServer server = new ScriptedServer(false, (self, request) -> {});
        TurnClient client = client(server);

        assertThatThrownBy(client::binding).hasMessage("no answer to Binding");
        assertThat(waited).isEqualTo(Retransmission.waits(false));
        assertThat(server.requests)
                .hasSize(7)
                .extracting(StunMessage::transactionId)
                .containsOnly(server.requests.get(0).transactionId());
    }

    @Test
    void aSuccessWithoutTheRightSealNeverCounts() throws IOException {
        ScriptedServer server = new ScriptedServer(false, (self, request) -> {
            if (request.has(Username.TYPE)) {
                self.succeed(request, none -> {}, new XorRelayedAddress(RELAYED), new Lifetime(600));
                self.succeed(
                        request,
                        wrong -> wrong.integritySha256(MD5),
                        new XorRelayedAddress(RELAYED),
                        new Lifetime(600));
            } else {
                serve(self, request);
            }
        });
        TurnClient client = client(server);

        assertThatThrownBy(client::allocate).hasMessageContaining("not sealed with our key");
    }

    @Test
    void answersToOtherRequestsAreNobodys() throws IOException {
        ScriptedServer server = new ScriptedServer(true, (self, request) -> {
            StunMessage other = StunMessage.decode(
                    Unpooled.wrappedBuffer(HexFormat.of().parseHex("000100002112a442000000010000000000000002")));
            self.succeed(other, none -> {}, new XorMappedAddress(RELAYED));
            self.succeed(request, none -> {}, new XorMappedAddress(PEER));
        });

        assertThat(client(server).binding()).isEqualTo(PEER);
    }

    @Test
    void dataComesByChannelAndByIndicationAndGoesByBoth() throws IOException {
        ScriptedServer server = new ScriptedServer(true, TurnClientTest::serve);
        TurnClient client = client(server);
        List<String> heard = new ArrayList<>();
        client.listen((peer, data) -> heard.add(peer.getPort() + " " + new String(data, StandardCharsets.US_ASCII)));
        client.allocate();

        Channel channel = client.bindChannel(PEER);
        channel.send(new byte[] {1, 2, 3});
        client.send(RELAYED, new byte[] {9});
        server.deliver(HexFormat.of().parseHex("4000000568656c6c6f000000"));
        server.deliver(HexFormat.of().parseHex("4001000568656c6c6f000000"));
        server.deliver(new byte[] {(byte) 0xff});
        var out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.DATA.indication(), new TransactionId(0, 7))
                .add(new XorPeerAddress(RELAYED))
                .add(new DataAttribute(Unpooled.wrappedBuffer(new byte[] {'h', 'i'})));
        server.deliver(ByteBufUtil.getBytes(out));

        assertThat(heard).containsExactly("4000 hello", "50000 hi");
        assertThat(channel.number()).isEqualTo(0x4000);
        assertThat(server.channelData).containsExactly(HexFormat.of().parseHex("40000003010203"));
        StunMessage indication = server.requests.get(server.requests.size() - 1);
        assertThat(indication.require(XorPeerAddress.TYPE).address()).isEqualTo(RELAYED);
    }

    @Test
    void overUdpCloseTellsTheServer() throws IOException {
        ScriptedServer server = new ScriptedServer(false, TurnClientTest::serve);
        TurnClient client = client(server);
        client.allocate();

        client.close();

        StunMessage last = server.requests.get(server.requests.size() - 1);
        assertThat(last.type().method()).isEqualTo(StunMethod.REFRESH);
        assertThat(last.require(Lifetime.TYPE).seconds()).isZero();
        assertThatThrownBy(client::binding).hasMessageContaining("closed");
    }
}

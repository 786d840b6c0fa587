package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.LongTermKeys;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.PasswordAlgorithms;
import org.pinhole.stun.Realm;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.AllocationEvents;
import org.pinhole.turn.allocation.AllocationFactory;
import org.pinhole.turn.allocation.AllocationLog;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.PendingConnections;
import org.pinhole.turn.allocation.Reservations;
import org.pinhole.turn.allocation.UserQuota;
import org.pinhole.turn.auth.Authenticator;
import org.pinhole.turn.auth.KeyAnswer;
import org.pinhole.turn.auth.KeySource;
import org.pinhole.turn.auth.LookUpLimit;
import org.pinhole.turn.auth.Nonces;
import org.pinhole.turn.auth.StaticUsers;
import org.pinhole.turn.relay.Cidr;
import org.pinhole.turn.relay.OwnMachine;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.PeerRules;

/** A whole server but for its sockets: a router with a clock turned by hand, users alice and bob, and a client's words. */
final class Server {
    static final String REALM = "pinhole.test";
    static final LongTermKeys ALICE = LongTermKeys.of("alice", REALM, "wonderland");
    static final LongTermKeys BOB = LongTermKeys.of("bob", REALM, "builder");
    static final InetSocketAddress PEER = new InetSocketAddress("203.0.113.9", 7000);

    static final List<Cidr> ALLOWED = List.of(Cidr.parse("203.0.113.0/24"), Cidr.parse("2001:db8:9::/48"));

    final FakeRelays relays = new FakeRelays();
    final PeerPolicy policy = new PeerPolicy(new PeerRules(ALLOWED, List.of(), OwnMachine.UNKNOWN));
    final FakePath client = FakePath.udp();
    final PendingConnections pending = new PendingConnections(new Random(8));
    final AllocationTable table;
    final RequestRouter router;
    private final Random random = new Random(7);
    Admission.Decision admission = new Admission.Admitted();
    Admission.Decision whenFull = new Admission.Refused();
    boolean answersAllowed = true;
    boolean tcpRelays = true;
    boolean lookUpsAllowed = true;
    final List<String> outcomes = new ArrayList<>();
    private long nanos = 1_000;

    Server() {
        this(new StaticUsers(REALM, Map.of("alice", ALICE, "bob", BOB)));
    }

    Server(KeySource users) {
        Nonces nonces = new Nonces(
                new byte[32],
                Duration.ofMinutes(10),
                () -> Instant.ofEpochSecond(1_790_000_000L + nanos / 1_000_000_000L),
                users.findsNames());
        AllocationEvents events = new AllocationLog();
        AllocationFactory factory = new AllocationFactory(
                relays,
                new UserQuota(3),
                new Reservations(new Random(9), () -> nanos),
                pending,
                events,
                () -> nanos,
                () -> "t");
        this.table = new AllocationTable(factory, () -> nanos, events);
        this.router = new RequestRouter(
                new Authenticator(REALM, nonces, users, new LookUpLimit(source -> lookUpsAllowed)),
                table,
                pending,
                relays,
                new Rules(policy, ChannelData.MAX_CHANNEL, admission(), client -> answersAllowed, () -> tcpRelays),
                events(outcomes));
    }

    private Admission admission() {
        return new Admission() {
            @Override
            public Decision decide(FiveTuple fiveTuple) {
                return admission;
            }

            @Override
            public Decision whenFull(FiveTuple fiveTuple) {
                return whenFull;
            }
        };
    }

    /** Users whose keys come later, when the test completes the future. */
    static Server askingLater(CompletableFuture<KeyAnswer> later) {
        return new Server(username -> later);
    }

    void advance(Duration by) {
        nanos += by.toNanos();
    }

    /** Sends and returns the answer. */
    StunMessage ask(FakePath path, ByteBuf message) {
        int before = path.answers.size();
        router.received(path, message);
        if (path.answers.size() != before + 1) {
            throw new AssertionError("no answer");
        }
        return path.lastAnswer();
    }

    StunMessage ask(StunMethod method, Attribute... attributes) {
        return ask(client, signed(client, "alice", ALICE, method, newId(), attributes));
    }

    StunMessage allocate() {
        return ask(StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP));
    }

    TransactionId newId() {
        return TransactionId.random(random);
    }

    /** A request without credentials. */
    ByteBuf plain(StunMethod method, Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, method.request(), newId());
        List.of(attributes).forEach(encoder::add);
        return out;
    }

    /** A request as a client of RFC 5389 signs it, with a fresh nonce. */
    ByteBuf signed(
            FakePath path,
            String user,
            LongTermKeys keys,
            StunMethod method,
            TransactionId id,
            Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, method.request(), id);
        List.of(attributes).forEach(encoder::add);
        encoder.add(new Username(user)).add(new Realm(REALM)).add(new Nonce(nonce(path)));
        encoder.integrity(keys.require(PasswordAlgorithm.MD5));
        return out;
    }

    /** A request as a client of RFC 8489 signs it, with the algorithm it chose. */
    ByteBuf signed8489(
            FakePath path, LongTermKeys keys, PasswordAlgorithm chosen, PasswordAlgorithms echoed, Attribute... more) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.ALLOCATE.request(), newId());
        List.of(more).forEach(encoder::add);
        encoder.add(new Username("alice")).add(new Realm(REALM)).add(new Nonce(nonce(path)));
        encoder.add(echoed).add(chosen).integritySha256(keys.require(chosen));
        return out;
    }

    String nonce(FakePath path) {
        router.received(path, plain(StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP)));
        StunMessage challenge = path.answers.remove(path.answers.size() - 1);
        path.answerBytes.remove(path.answerBytes.size() - 1);
        return challenge.require(Nonce.TYPE).value();
    }

    StunMessage permit(InetSocketAddress peer) {
        return ask(StunMethod.CREATE_PERMISSION, new XorPeerAddress(peer));
    }

    StunMessage bind(int channel, InetSocketAddress peer) {
        return ask(StunMethod.CHANNEL_BIND, new ChannelNumber(channel), new XorPeerAddress(peer));
    }

    void sendIndication(InetSocketAddress peer, String data, Attribute... more) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.SEND.indication(), newId())
                .add(new XorPeerAddress(peer))
                .add(new DataAttribute(Unpooled.copiedBuffer(data, StandardCharsets.UTF_8)));
        List.of(more).forEach(encoder::add);
        router.received(client, out);
    }

    void channelData(int channel, String data) {
        ByteBuf out = Unpooled.buffer();
        ChannelData.writeHeader(out, channel, data.length());
        out.writeCharSequence(data, StandardCharsets.UTF_8);
        router.received(client, out);
    }

    private static RequestEvents events(List<String> outcomes) {
        return new RequestEvents() {
            @Override
            public void succeeded(StunMethod method) {
                outcomes.add(method.code() + " success");
            }

            @Override
            public void refused(StunMethod method, int code) {
                outcomes.add(method.code() + " " + code);
            }

            @Override
            public void unanswered(StunMethod method) {
                outcomes.add(method.code() + " unanswered");
            }
        };
    }

    static int code(StunMessage answer) {
        ErrorCode error = answer.find(ErrorCode.TYPE);
        return error == null ? 0 : error.code();
    }
}

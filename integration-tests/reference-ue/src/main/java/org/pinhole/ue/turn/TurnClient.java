package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/**
 * A client on a five-tuple of its own, with one allocation at most. Requests are made by one thread at a time and block;
 * data may be sent from any. Nothing is refreshed unless told to: an allocation lives as long as its {@link Allocation}
 * says, a permission five minutes, a channel ten (RFC 8656 §9, §12).
 */
public final class TurnClient implements AutoCloseable {
    /** A nonce may go stale between an answer and the next request, and hardly twice in a row. */
    private static final int MAX_STALE = 2;

    private final TurnWire wire;
    private final TurnCredentials credentials;
    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final Arrivals arrivals;
    private @Nullable LongTermAuthentication authentication;
    private boolean allocated;
    private int nextChannel = ChannelData.MIN_CHANNEL;

    TurnClient(TurnWire wire, TurnCredentials credentials, Patience patience) throws IOException {
        this.wire = wire;
        this.credentials = credentials;
        this.transactions = new Transactions(wire, random, patience);
        this.arrivals = new Arrivals(transactions);
        wire.start(arrivals);
    }

    /** Connects; nothing is asked of the server yet. */
    public static TurnClient open(TurnRoute route, TurnCredentials credentials) throws IOException {
        return new TurnClient(wire(route), credentials, Patience.SYSTEM);
    }

    private static TurnWire wire(TurnRoute route) throws IOException {
        if (route.uri().transport().reliable()) {
            return StreamWire.open(route);
        }
        if (route.proxy() != null) {
            throw new TurnException("an HTTP proxy carries no UDP; go to "
                    + route.uri().server() + " over turns: or" + " turn: with ?transport=tcp");
        }
        return UdpWire.open(route.uri().server());
    }

    /** From now on what peers send goes there. */
    public void listen(PeerListener listener) {
        arrivals.listener(listener);
    }

    /** Our own address as the server sees it (RFC 8489, Binding). */
    public InetSocketAddress binding() throws IOException {
        StunMessage answer = transactions.exchange(StunMethod.BINDING, List.of(), null);
        return successful(answer).require(XorMappedAddress.TYPE).address();
    }

    /** Asks for a UDP relay. */
    public Allocation allocate() throws IOException {
        Allocation granted = Allocation.of(ask(StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP)));
        allocated = true;
        return granted;
    }

    /** Prolongs the allocation; answers for how long. Zero ends it. */
    public Duration refresh(Duration lifetime) throws IOException {
        Duration granted = Allocation.lifetime(ask(StunMethod.REFRESH, new Lifetime(lifetime.toSeconds())));
        allocated = !granted.isZero();
        return granted;
    }

    /** Lets these peers' addresses send to us, whatever their port. */
    public void permit(InetSocketAddress... peers) throws IOException {
        ask(
                StunMethod.CREATE_PERMISSION,
                Arrays.stream(peers).map(XorPeerAddress::new).toArray(Attribute[]::new));
    }

    /** Binds the next free number to a peer, who gets a permission by it. */
    public Channel bindChannel(InetSocketAddress peer) throws IOException {
        Channel channel = new Channel(nextChannel, peer, wire);
        arrivals.bound(channel);
        bindAgain(channel);
        nextChannel++;
        return channel;
    }

    /** Prolongs a channel and its permission. */
    public void bindAgain(Channel channel) throws IOException {
        ask(StunMethod.CHANNEL_BIND, new ChannelNumber(channel.number()), new XorPeerAddress(channel.peer()));
    }

    /** Sends one datagram without a channel; there has to be a permission, or the server drops it without a word. */
    public void send(InetSocketAddress peer, byte[] data) throws IOException {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.SEND.indication(), TransactionId.random(random))
                .add(new XorPeerAddress(peer))
                .add(new DataAttribute(Unpooled.wrappedBuffer(data)));
        wire.send(ByteBufUtil.getBytes(out));
    }

    private StunMessage ask(StunMethod method, Attribute... attributes) throws IOException {
        List<Attribute> wanted = List.of(attributes);
        StunMessage answer = transactions.exchange(method, wanted, authentication);
        if (authentication == null && errorCode(answer) == 401) {
            answer = exchangeAnswering(answer, method, wanted);
        }
        for (int stale = 0; stale < MAX_STALE && errorCode(answer) == 438; stale++) {
            answer = exchangeAnswering(answer, method, wanted);
        }
        return successful(answer);
    }

    private StunMessage exchangeAnswering(StunMessage challenge, StunMethod method, List<Attribute> attributes)
            throws IOException {
        LongTermAuthentication next = LongTermAuthentication.answering(challenge, credentials);
        authentication = next;
        return transactions.exchange(method, attributes, next);
    }

    private static int errorCode(StunMessage answer) {
        boolean error = answer.type().kind() == StunClass.ERROR;
        return error ? answer.require(ErrorCode.TYPE).code() : 0;
    }

    private static StunMessage successful(StunMessage answer) throws TurnRefused {
        if (errorCode(answer) != 0) {
            throw TurnRefused.of(answer);
        }
        return answer;
    }

    /** How the server asked us to prove who we are, such as {@code SHA-256 in pinhole.test}; null before it did. */
    @Nullable
    public String authenticated() {
        LongTermAuthentication current = authentication;
        return current == null ? null : current.algorithmName() + " in " + current.realm();
    }

    /** The proxy's answer to our CONNECT, or null when no proxy was asked. */
    @Nullable
    public ConnectReply connectReply() {
        return wire.connectReply();
    }

    /** What TLS agreed on, or null without TLS. */
    @Nullable
    public TlsFacts tls() {
        return wire.tls();
    }

    /** Ends the connection and with it the allocation; over UDP the server is told, once and without waiting. */
    @Override
    public void close() throws IOException {
        LongTermAuthentication current = authentication;
        try {
            if (allocated && current != null && !wire.reliable()) {
                allocated = false;
                wire.send(transactions.unanswered(StunMethod.REFRESH, List.of(new Lifetime(0)), current));
            }
        } finally {
            wire.close();
        }
    }
}

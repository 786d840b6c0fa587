package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ConnectionId;
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
import org.pinhole.ue.loop.ThreadLoop;
import org.pinhole.ue.tunnel.ConnectReply;
import org.pinhole.ue.tunnel.TlsFacts;

/**
 * A client on a five-tuple of its own, with one allocation at most. Requests block, and may be made from any thread. An
 * allocation lives as long as its {@link Allocation} says, a permission five minutes, a channel ten, unless {@link #keep}
 * was asked for (RFC 8656 §9, §12).
 */
public final class TurnClient implements AutoCloseable {
    /** A nonce may go stale between an answer and the next request, and hardly twice in a row. */
    private static final int MAX_STALE = 2;

    /** Opens client data connections, each by a CONNECT of its own where a proxy is set (U-9). */
    interface DataConnections {
        StreamConnection open() throws IOException;
    }

    private final TurnWire wire;
    private final DataConnections dataConnections;
    private final TurnCredentials credentials;
    private final SecureRandom random = new SecureRandom();
    private final Transactions transactions;
    private final Arrivals arrivals;
    private final Set<InetSocketAddress> permitted = ConcurrentHashMap.newKeySet();
    private final List<Channel> channels = new CopyOnWriteArrayList<>();
    private final AtomicInteger nextChannel = new AtomicInteger(ChannelData.MIN_CHANNEL);
    private volatile @Nullable LongTermAuthentication authentication;
    private volatile boolean allocated;
    private volatile boolean tcpRelay;
    private volatile @Nullable ThreadLoop keeping;

    TurnClient(TurnWire wire, TurnCredentials credentials, Patience patience) throws IOException {
        this(wire, credentials, patience, () -> {
            throw new TurnException("TCP streams need a TCP or TLS connection to the server (RFC 6062 §4.1)");
        });
    }

    TurnClient(TurnWire wire, TurnCredentials credentials, Patience patience, DataConnections dataConnections)
            throws IOException {
        this.dataConnections = dataConnections;
        this.wire = wire;
        this.credentials = credentials;
        this.transactions = new Transactions(wire, random, patience);
        this.arrivals = new Arrivals(transactions);
        wire.start(arrivals);
    }

    /** Connects; nothing is asked of the server yet. */
    public static TurnClient open(TurnRoute route, TurnCredentials credentials) throws IOException {
        if (route.uri().transport().reliable()) {
            StreamWire wire = new StreamWire(StreamConnection.open(route));
            return new TurnClient(wire, credentials, Patience.SYSTEM, () -> StreamConnection.open(route));
        }
        if (route.proxy() != null) {
            throw new TurnException("an HTTP proxy carries no UDP; go to "
                    + route.uri().server() + " over turns: or" + " turn: with ?transport=tcp");
        }
        return new TurnClient(UdpWire.open(route.uri().server()), credentials, Patience.SYSTEM);
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
        return allocate(RequestedTransport.UDP);
    }

    /** Asks for a TCP relay; only over TCP or TLS (RFC 6062 §4.1). */
    public Allocation allocateTcp() throws IOException {
        Allocation granted = allocate(RequestedTransport.TCP);
        tcpRelay = true;
        return granted;
    }

    private Allocation allocate(int protocol) throws IOException {
        Allocation granted = Allocation.of(ask(StunMethod.ALLOCATE, new RequestedTransport(protocol)));
        allocated = true;
        return granted;
    }

    /** Has the relay connect to a peer, and binds a data connection of our own to it (RFC 6062 §4.3). */
    public RelayedStream connect(InetSocketAddress peer) throws IOException {
        StunMessage answer = ask(StunMethod.CONNECT, new XorPeerAddress(peer));
        return bind(answer.require(ConnectionId.TYPE), peer);
    }

    /** From now on peers that connect to the relay are told there; each waits 30 s to be accepted. */
    public void listen(Consumer<StreamAttempt> listener) {
        arrivals.attempts(listener);
    }

    /** Binds a data connection of our own to a peer that connected (RFC 6062 §4.4). Not on the listener's thread. */
    public RelayedStream accept(StreamAttempt attempt) throws IOException {
        return bind(attempt.id(), attempt.peer());
    }

    private RelayedStream bind(ConnectionId id, InetSocketAddress peer) throws IOException {
        StreamConnection data = dataConnections.open();
        try {
            new ConnectionBinding(data, credentials, random).bind(id, authentication);
            return new RelayedStream(peer, data);
        } catch (IOException | RuntimeException e) {
            data.close();
            throw e;
        }
    }

    /** Prolongs the allocation; answers for how long. Zero ends it. */
    public Duration refresh(Duration lifetime) throws IOException {
        Duration granted = Allocation.lifetime(ask(StunMethod.REFRESH, new Lifetime(lifetime.toSeconds())));
        allocated = !granted.isZero();
        return granted;
    }

    /** Lets these peers' addresses send to us, whatever their port. */
    public void permit(InetSocketAddress... peers) throws IOException {
        createPermission(List.of(peers));
        permitted.addAll(List.of(peers));
    }

    private void createPermission(Collection<InetSocketAddress> peers) throws IOException {
        ask(
                StunMethod.CREATE_PERMISSION,
                peers.stream().map(XorPeerAddress::new).toArray(Attribute[]::new));
    }

    /** Prolongs every permission. */
    void permitAgain() throws IOException {
        if (!permitted.isEmpty()) {
            createPermission(permitted);
        }
    }

    /** Prolongs every channel. */
    void bindAllAgain() throws IOException {
        for (Channel channel : channels) {
            bindAgain(channel);
        }
    }

    /**
     * From now on the allocation, its permissions and its channels are refreshed before they end, until this client is
     * closed.
     *
     * @param failed learns, on a thread of the client's own, why a refresh was refused; nothing is refreshed after that
     */
    public void keep(Allocation granted, Consumer<String> failed) {
        ThreadLoop loop = new ThreadLoop("turn-keeper", InstantSource.system());
        keeping = loop;
        AllocationKeeper keeper = new AllocationKeeper(loop, this, granted.lifetime(), failed);
        loop.execute(() -> {
            keeper.start();
            if (tcpRelay) {
                keeper.keepControlAlive();
            }
        });
    }

    /** A Binding indication, which asks for nothing and is not answered (RFC 8489 §2). */
    void indicateLife() throws IOException {
        ByteBuf out = Unpooled.buffer();
        StunEncoder.start(out, StunMethod.BINDING.indication(), TransactionId.random(random))
                .fingerprint();
        wire.send(ByteBufUtil.getBytes(out));
    }

    /** Binds the next free number to a peer, who gets a permission by it. */
    public Channel bindChannel(InetSocketAddress peer) throws IOException {
        Channel channel = new Channel(nextChannel.getAndIncrement(), peer, wire);
        arrivals.bound(channel);
        bindAgain(channel);
        channels.add(channel);
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

    static int errorCode(StunMessage answer) {
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

    /** This machine's end of the connection to the server, or to the proxy before it; null over UDP. */
    @Nullable
    public InetAddress localAddress() {
        return wire.localAddress();
    }

    /** Ends the connection and with it the allocation; over UDP the server is told, once and without waiting. */
    @Override
    public void close() throws IOException {
        LongTermAuthentication current = authentication;
        ThreadLoop refreshes = keeping;
        if (refreshes != null) {
            refreshes.close();
        }
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

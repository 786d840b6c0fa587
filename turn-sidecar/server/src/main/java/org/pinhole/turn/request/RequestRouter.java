package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.AttributeType;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.DontFragment;
import org.pinhole.stun.EvenPort;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.MessageIntegrity;
import org.pinhole.stun.MessageIntegritySha256;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.PasswordAlgorithm;
import org.pinhole.stun.Realm;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.ReservationToken;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.UserHash;
import org.pinhole.stun.Username;
import org.pinhole.stun.XorMappedAddress;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.Allocation;
import org.pinhole.turn.allocation.AllocationLog;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.allocation.EndReason;
import org.pinhole.turn.allocation.Owner;
import org.pinhole.turn.allocation.PeerConnection;
import org.pinhole.turn.allocation.PendingConnections;
import org.pinhole.turn.allocation.Traffic;
import org.pinhole.turn.auth.Authenticated;
import org.pinhole.turn.auth.Authenticator;
import org.pinhole.turn.auth.Bearings;
import org.pinhole.turn.auth.Seal;
import org.pinhole.turn.auth.TooManyLookUps;
import org.pinhole.turn.auth.User;
import org.pinhole.turn.relay.Relays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes every message of the clients of one event loop to its handler, and is the one place where an error becomes an
 * answer. Called on that loop only.
 */
public final class RequestRouter {
    private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);

    /** What we understand of the comprehension-required attributes; DONT-FRAGMENT may yet be refused (RFC 8656 §7.2 step 4). */
    private static final Set<Integer> UNDERSTOOD = Stream.of(
                    Username.TYPE,
                    MessageIntegrity.TYPE,
                    MessageIntegritySha256.TYPE,
                    Realm.TYPE,
                    Nonce.TYPE,
                    PasswordAlgorithm.TYPE,
                    ChannelNumber.TYPE,
                    Lifetime.TYPE,
                    XorPeerAddress.TYPE,
                    DataAttribute.TYPE,
                    RequestedAddressFamily.TYPE,
                    AdditionalAddressFamily.TYPE,
                    EvenPort.TYPE,
                    RequestedTransport.TYPE,
                    ReservationToken.TYPE,
                    DontFragment.TYPE,
                    UserHash.TYPE,
                    ConnectionId.TYPE)
            .map(AttributeType::code)
            .collect(Collectors.toUnmodifiableSet());

    private final Authenticator authenticator;
    private final AllocationTable table;
    private final PendingConnections pending;
    private final Rules rules;
    private final RequestEvents events;
    private final ClientData data;
    private final Map<StunMethod, RequestHandler> handlers;

    public RequestRouter(
            Authenticator authenticator,
            AllocationTable table,
            PendingConnections pending,
            Relays relays,
            Rules rules,
            RequestEvents events) {
        this.authenticator = authenticator;
        this.table = table;
        this.pending = pending;
        this.rules = rules;
        this.events = events;
        this.data = new ClientData(table, rules.peers(), relays);
        this.handlers = Map.of(
                StunMethod.ALLOCATE, new AllocateHandler(table, relays, rules),
                StunMethod.REFRESH, new RefreshHandler(table),
                StunMethod.CREATE_PERMISSION, new CreatePermissionHandler(table, rules.peers()),
                StunMethod.CHANNEL_BIND, new ChannelBindHandler(table, rules.peers(), rules.highestChannel()),
                StunMethod.CONNECT, new ConnectHandler(table, rules.peers()),
                StunMethod.CONNECTION_BIND, new ConnectionBindHandler(table, pending));
    }

    /** One whole message of a client. The buffer stays the caller's. */
    public void received(ClientPath path, ByteBuf message) {
        try {
            if (message.isReadable() && ChannelData.startsWith(message.getUnsignedByte(message.readerIndex()))) {
                data.channelData(path, message);
            } else {
                route(path, StunMessage.decode(message));
            }
        } catch (StunException e) {
            LOG.debug("{}: dropped, {}", path.fiveTuple(), said(e));
        }
    }

    /** The client's connection is gone: so is its allocation, which only that connection could reach. */
    public void closed(ClientPath path) {
        table.disconnected(path);
    }

    /** Whether the client has an allocation that it reaches this way. */
    public boolean serves(ClientPath path) {
        return table.find(path) != null;
    }

    /** How many allocations there are; on the event loop. */
    public int allocations() {
        return table.size();
    }

    /** What was relayed since the start, live; on the event loop. */
    public Traffic traffic() {
        return table.traffic();
    }

    /** Ends what has expired. */
    public void tick() {
        table.sweep();
    }

    /** Ends everything. */
    public void stop() {
        table.clear();
    }

    private void route(ClientPath path, StunMessage message) {
        switch (message.type().kind()) {
            case REQUEST -> request(path, message);
            case INDICATION -> indication(path, message);
            case SUCCESS, ERROR -> LOG.debug("{}: an answer nobody waits for", path.fiveTuple());
        }
    }

    private void indication(ClientPath path, StunMessage message) {
        if (message.type().method().equals(StunMethod.SEND)
                && message.unknownRequired(UNDERSTOOD).isEmpty()) {
            data.sendIndication(path, message);
        }
    }

    private void request(ClientPath path, StunMessage message) {
        if (message.type().method().equals(StunMethod.BINDING)) {
            binding(path, message);
            return;
        }
        RequestHandler handler = handlers.get(message.type().method());
        if (handler == null) {
            return; // "silently discarded" (RFC 8489 §6.3)
        }
        CompletableFuture<Authenticated> outcome = authenticator.authenticate(message, bearings(path, message));
        if (outcome.isDone()) {
            var unused = outcome.whenComplete((who, failure) -> authenticated(path, message, handler, who, failure));
        } else {
            var unused = outcome.whenComplete(
                    (who, failure) -> path.loop().execute(() -> authenticated(path, message, handler, who, failure)));
        }
    }

    private void binding(ClientPath path, StunMessage message) {
        if (rules.answerLimit().allows(path.fiveTuple())) {
            reply(
                    path,
                    message,
                    null,
                    () -> Reply.of(new XorMappedAddress(path.fiveTuple().client())));
        } else {
            events.unanswered(StunMethod.BINDING);
        }
    }

    /** An allocation's owner is known on its five-tuple, and where a ConnectionBind asks for one of its connections. */
    private Bearings bearings(ClientPath path, StunMessage message) {
        InetSocketAddress client = path.fiveTuple().client();
        StunMethod method = message.type().method();
        Allocation allocation = table.find(path);
        if (allocation != null) {
            return new Bearings(
                    List.of(client),
                    user(allocation.owner()),
                    method.equals(StunMethod.REFRESH),
                    allocation.spares()::newerName,
                    allocation.spares()::recheck);
        }
        ConnectionId id = method.equals(StunMethod.CONNECTION_BIND) ? message.find(ConnectionId.TYPE) : null;
        PeerConnection connection = id == null ? null : pending.find(id);
        if (connection != null) {
            return Bearings.of(List.of(client, connection.controlClient()), user(connection.owner()));
        }
        return Bearings.of(List.of(client), null);
    }

    private static User user(Owner owner) {
        return new User(owner.username(), owner.account(), owner.keys());
    }

    private void authenticated(
            ClientPath path,
            StunMessage message,
            RequestHandler handler,
            @Nullable Authenticated who,
            @Nullable Throwable failure) {
        if (!path.isOpen()) {
            LOG.debug("{}: gone before its keys were there", path.fiveTuple());
        } else if (failure instanceof TooManyLookUps) {
            events.unanswered(message.type().method());
        } else if (who == null) {
            refuse(path, message, null, error(path, failure));
        } else if (who.revoked()) {
            table.delete(path, EndReason.REVOKED);
            refuse(path, message, null, new StunException(401, "'%s' is a user no longer".formatted(who.user())));
        } else {
            reply(path, message, who.seal(), () -> handler.handle(new Request(message, path, who.user())));
        }
    }

    private void reply(ClientPath path, StunMessage message, @Nullable Seal seal, Supplier<Reply> work) {
        try {
            requireUnderstood(message);
            Reply reply = work.get();
            var unused = reply.attributes().whenComplete((attributes, failure) -> {
                if (attributes == null) {
                    refuse(path, message, seal, error(path, failure));
                } else {
                    succeed(path, message, seal, attributes, reply.afterwards());
                }
            });
        } catch (RuntimeException e) {
            refuse(path, message, seal, error(path, e));
        }
    }

    private void succeed(
            ClientPath path,
            StunMessage message,
            @Nullable Seal seal,
            List<Attribute> attributes,
            Runnable afterwards) {
        try {
            Answers.success(path, message, seal, attributes);
            events.succeeded(message.type().method());
            afterwards.run();
        } catch (RuntimeException e) { // too late for another answer
            LOG.error("{}: a request was served but not to its end", path.fiveTuple(), e);
        }
    }

    private void refuse(ClientPath path, StunMessage message, @Nullable Seal seal, StunException e) {
        LOG.debug("{}: {} {}", path.fiveTuple(), e.code(), said(e));
        if (seal == null && !rules.answerLimit().allows(path.fiveTuple()) && !isOwnersStaleNonce(path, message, e)) {
            events.unanswered(message.type().method());
            return;
        }
        events.refused(message.type().method(), e.code());
        boolean challenge = e.code() == 401 || e.code() == 438;
        Answers.error(
                path,
                message,
                seal,
                e.code(),
                challenge ? authenticator.challenge(path.fiveTuple().client()) : e.attributes());
    }

    /**
     * The owner of an allocation is told his new nonce, whatever others send in the name of his network: by what opened it
     * always, by a newer credential, whose keys are yet to be found, now and then.
     */
    private boolean isOwnersStaleNonce(ClientPath path, StunMessage message, StunException e) {
        Allocation allocation = e.code() == 438 ? table.find(path) : null;
        return allocation != null
                && (Authenticator.isSealedWith(message, allocation.owner().keys())
                        || allocation.spares().answer());
    }

    /** What is wrong, which may name what a client chose, on one line of the log. */
    private static String said(StunException e) {
        return LOG.isDebugEnabled() ? AllocationLog.quoted(String.valueOf(e.getMessage())) : "";
    }

    private static void requireUnderstood(StunMessage message) {
        List<Integer> unknown = message.unknownRequired(UNDERSTOOD);
        if (!unknown.isEmpty()) {
            throw StunException.unknownAttributes(unknown);
        }
    }

    private static StunException error(ClientPath path, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        if (cause instanceof StunException e) {
            return e;
        }
        LOG.error("{}: a request failed for a reason of our own", path.fiveTuple(), cause);
        return new StunException(500, "internal error");
    }
}

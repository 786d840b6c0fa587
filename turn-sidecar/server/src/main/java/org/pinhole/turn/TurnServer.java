package org.pinhole.turn;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.admin.OperationFailed;
import org.pinhole.turn.allocation.AllocationEvents;
import org.pinhole.turn.allocation.AllocationFactory;
import org.pinhole.turn.allocation.AllocationLog;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.PendingConnections;
import org.pinhole.turn.allocation.Reservations;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.allocation.UserQuota;
import org.pinhole.turn.auth.Authenticator;
import org.pinhole.turn.auth.Nonces;
import org.pinhole.turn.relay.LocalRelays;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.relay.Relays;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.request.Rules;
import org.pinhole.turn.request.SourceRate;
import org.pinhole.turn.tls.TicketCounts;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.tls.TicketKeys;
import org.pinhole.turn.tls.TlsServer;
import org.pinhole.turn.transport.ConnectionLimits;
import org.pinhole.turn.transport.Io;
import org.pinhole.turn.transport.Listen;
import org.pinhole.turn.transport.Listeners;
import org.pinhole.turn.transport.StreamCounts;
import org.pinhole.turn.transport.StreamRules;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wiring, top to bottom: one router with its allocations per event loop, everything else shared. */
final class TurnServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TurnServer.class);
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(10);
    private static final int NONCE_KEY_BYTES = 32;
    private static final long STOP_SECONDS = 2;
    private static final long LOOP_SECONDS = 2;

    private final Io io;
    private final InstantSource clock;
    private final IdentityHashMap<EventLoop, RequestRouter> routers = new IdentityHashMap<>();
    private final Listeners listeners;
    private final ReloadableUsers users;
    private final PeerPolicy peers;
    private final UserQuota quota;
    private final SourceRate answers;
    private final Drain drain;
    private final ConnectionLimits connections;
    private final StreamCounts streamCounts = new StreamCounts();
    private final TurnMetrics metrics;
    private volatile TurnSettings settings;
    private @Nullable TlsServer tls;

    private TurnServer(TurnSettings settings, Io io, InstantSource clock) {
        this.settings = settings;
        this.io = io;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        byte[] nonceKey = new byte[NONCE_KEY_BYTES];
        random.nextBytes(nonceKey);
        PolicySettings policy = settings.policy();
        users = new ReloadableUsers(policy.users());
        peers = new PeerPolicy(policy.allowedPeers());
        peers.deny(policy.deniedPeers());
        quota = new UserQuota(policy.quota(), System::nanoTime);
        answers = new SourceRate(System::nanoTime, random.nextLong(), policy.answersPerSecond());
        drain = new Drain(clock, policy.alternates());
        Nonces nonces = new Nonces(nonceKey, NONCE_LIFETIME, clock, users.findsNames());
        Authenticator authenticator = new Authenticator(settings.realm(), nonces, users);
        Rules rules = new Rules(peers, settings.highestChannel(), drain, answers);
        Relays relays =
                new LocalRelays(settings.relayAddresses(), settings.relayPorts(), random, io.datagram(), io.tcp());
        AllocationCounts allocationCounts = new AllocationCounts();
        AllocationEvents events = new EventFanOut(List.of(new AllocationLog(), allocationCounts));
        AtomicInteger opened = new AtomicInteger();
        Supplier<String> ids = () -> Integer.toHexString(opened.incrementAndGet());
        PendingConnections pending = new PendingConnections(random);
        AllocationFactory factory = new AllocationFactory(
                relays, quota, new Reservations(random, System::nanoTime), pending, events, System::nanoTime, ids);
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : io.loops()) {
            EventLoop loop = (EventLoop) executor;
            AllocationTable table = new AllocationTable(factory, System::nanoTime, events);
            loops.add(loop);
            routers.put(loop, new RequestRouter(authenticator, table, pending, relays, rules));
        }
        StreamSettings streams = settings.streams();
        connections = new ConnectionLimits(streams.maxConnections(), streams.maxConnectionsPerSource());
        metrics = new TurnMetrics(allocationCounts, streamCounts, connections, quota);
        listeners = new Listeners(
                io,
                loops,
                loop -> Objects.requireNonNull(routers.get(loop), "a loop of our own"),
                new StreamRules(streams.limits(), connections, streams.proxies(), streamCounts));
    }

    /** Starts on the best transport that runs here. Either everything listens, or nothing is left behind. */
    static TurnServer start(TurnSettings settings, InstantSource clock) throws StartException {
        return start(settings, Io.best(settings.eventLoops()), clock);
    }

    static TurnServer start(TurnSettings settings, Io io, InstantSource clock) throws StartException {
        TurnServer server = new TurnServer(settings, io, clock);
        try {
            server.listen();
            return server;
        } catch (StartException e) {
            server.close();
            throw e;
        }
    }

    private void listen() throws StartException {
        tls = tlsServer();
        for (Listen listen : settings.listens()) {
            try {
                listeners.open(listen, listen.transport() == TransportProtocol.TLS ? tls : null);
            } catch (IOException e) {
                throw new StartException(BindFailure.explain(listen, e), e);
            }
        }
        refuseOurselves(settings.policy());
        routers.forEach((loop, router) -> {
            var unused = loop.scheduleAtFixedRate(router::tick, 1, 1, TimeUnit.SECONDS);
        });
    }

    private void refuseOurselves(PolicySettings policy) {
        peers.refuse(OwnAddresses.of(listeners.bound(), settings.relayAddresses(), policy.controls()));
    }

    private @Nullable TlsServer tlsServer() throws StartException {
        TicketKeys ticketKeys = ticketKeys(settings.ticketKeyFile());
        try {
            return settings.identities().isEmpty() ? null : new TlsServer(settings.identities(), ticketKeys);
        } catch (IOException e) {
            throw refused(e);
        }
    }

    private TicketKeys ticketKeys(@Nullable TicketKeyFile file) throws StartException {
        try {
            return file == null ? TicketKeys.fresh(clock.instant(), new SecureRandom()) : file.current();
        } catch (IOException e) {
            throw new StartException("--tls-ticket-key-file " + e.getMessage(), e);
        }
    }

    /** Uses other settings from now on, all or none of them; answers with those that it cannot use without a restart. */
    synchronized List<String> apply(TurnSettings next) throws StartException {
        List<String> needsRestart = settings.needsRestartFor(next);
        TicketKeyFile ticketKeyFile = next.ticketKeyFile();
        TicketKeys ticketKeys = ticketKeyFile == null ? null : ticketKeys(ticketKeyFile);
        if (tls != null && !next.identities().isEmpty()) {
            try {
                tls.replace(next.identities());
            } catch (IOException e) {
                throw refused(e);
            }
            if (ticketKeys != null) {
                tls.setTicketKeys(ticketKeys);
            }
        }
        PolicySettings policy = next.policy();
        users.set(policy.users());
        peers.allow(policy.allowedPeers());
        peers.deny(policy.deniedPeers());
        refuseOurselves(policy);
        quota.set(policy.quota());
        answers.set(policy.answersPerSecond());
        drain.set(policy.alternates());
        connections.set(next.streams().maxConnections(), next.streams().maxConnectionsPerSource());
        settings = next;
        return needsRestart;
    }

    /** Makes the next ticket key when the newest has sealed for long enough, or takes over the one that another made. */
    void renewTicketKeys() {
        TicketKeyFile file = settings.ticketKeyFile();
        if (tls != null && file != null) {
            try {
                tls.setTicketKeys(file.current());
            } catch (IOException e) {
                LOG.warn("--tls-ticket-key-file {}; the keys stay as they are", e.getMessage());
            }
        }
    }

    private static StartException refused(IOException e) {
        return new StartException("--certificate-file: TLS refuses it: " + e.getMessage(), e);
    }

    List<Listen> listens() {
        return listeners.bound();
    }

    /** What happened on TCP and TLS connections. */
    StreamCounts streamCounts() {
        return streamCounts;
    }

    /** What happened to session tickets. */
    TicketCounts ticketCounts() {
        return tls == null ? TicketCounts.NONE : tls.ticketCounts();
    }

    MetricSnapshots metrics() throws OperationFailed {
        return metrics.snapshot(loopState(), ticketCounts(), drain.hasBegun());
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("state", drain.hasBegun() ? "draining" : "serving");
        facts.put("version", TurnMain.version());
        facts.put("server", describe());
        return facts;
    }

    /** Whether new allocations are welcome; asks every event loop, so that one that hangs is seen. */
    boolean isReady() throws OperationFailed {
        LoopState unused = loopState();
        return !drain.hasBegun();
    }

    /** Takes no new allocations, and closes the server when the last has ended or this time is over. */
    void drain(Duration atMost) {
        boolean first = !drain.hasBegun();
        drain.begin(atMost);
        if (first) {
            Thread waiting = new Thread(this::closeWhenDrained, "turn-drain");
            waiting.setDaemon(true);
            waiting.start();
        }
    }

    private void closeWhenDrained() {
        try {
            while (!drain.isOver(loopState().allocations())) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (OperationFailed e) {
            LOG.error("drain: {}; stops now", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("drain: over");
        close();
    }

    private LoopState loopState() throws OperationFailed {
        List<Future<LoopState>> states = new ArrayList<>();
        routers.forEach((loop, router) -> states.add(loop.submit(() -> LoopState.of(router))));
        LoopState sum = LoopState.NONE;
        try {
            for (Future<LoopState> state : states) {
                sum = sum.plus(state.get(LOOP_SECONDS, TimeUnit.SECONDS));
            }
            return sum;
        } catch (TimeoutException | ExecutionException e) {
            throw new OperationFailed("an event loop did not answer within %d s".formatted(LOOP_SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailed("interrupted", e);
        }
    }

    /** What runs, in one line. */
    String describe() {
        return "listens on %s; relays on %s ports %s; realm %s; %s with %d event loops, %s"
                .formatted(
                        join(listeners.bound()),
                        settings.relayAddresses().stream()
                                .map(RelayAddress::advertised)
                                .map(NetUtil::toAddressString)
                                .collect(Collectors.joining(" ")),
                        settings.relayPorts(),
                        settings.realm(),
                        io.name(),
                        settings.eventLoops(),
                        settings.identities().isEmpty() ? "no TLS" : TlsServer.providerName());
    }

    private static String join(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Stops listening, ends every allocation, and waits for the event loops. */
    @Override
    public void close() {
        if (io.loops().isShuttingDown()) {
            return;
        }
        listeners.close();
        routers.forEach((loop, router) -> loop.submit(router::stop).syncUninterruptibly());
        io.loops().shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Returns when the server has been closed. */
    void awaitClose() throws InterruptedException {
        io.loops().terminationFuture().sync();
    }
}

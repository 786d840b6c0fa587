package org.pinhole.turn;

import io.netty.util.NetUtil;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
import org.pinhole.turn.auth.LookUpLimit;
import org.pinhole.turn.auth.Nonces;
import org.pinhole.turn.relay.LocalRelays;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.PeerRules;
import org.pinhole.turn.relay.RelayAddress;
import org.pinhole.turn.relay.Relays;
import org.pinhole.turn.request.AnswerRates;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.request.Rules;
import org.pinhole.turn.request.SourceRate;
import org.pinhole.turn.tls.TicketCounts;
import org.pinhole.turn.tls.TicketKeyFile;
import org.pinhole.turn.tls.TlsServer;
import org.pinhole.turn.transport.ConnectionLimits;
import org.pinhole.turn.transport.Io;
import org.pinhole.turn.transport.Listen;
import org.pinhole.turn.transport.Listeners;
import org.pinhole.turn.transport.LocalAddresses;
import org.pinhole.turn.transport.StreamCounts;
import org.pinhole.turn.transport.StreamRules;

/** The wiring, top to bottom: one router with its allocations per event loop, everything else shared. */
final class TurnServer implements AutoCloseable {
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(10);
    private static final int NONCE_KEY_BYTES = 32;
    private static final long STOP_SECONDS = 2;

    /** What cannot change while it runs is as it is said here, whatever a reload has read since. */
    private final TurnSettings started;

    private final Io io;
    private final InstantSource clock;
    private final LoopRouters loops;
    private final Listeners listeners;
    private final ReloadableUsers users;
    private final PeerPolicy peers;
    private final UserQuota quota;
    private final AnswerRates answers;
    private final SourceRate lookUps;
    private final Drain drain;
    private final ConnectionLimits connections;
    private final StreamCounts streamCounts = new StreamCounts();
    private final TurnMetrics metrics;
    private final LocalAddresses machine;
    private final List<InetSocketAddress> admin = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile PolicySettings policy;
    private volatile @Nullable TicketKeyFile ticketKeyFile;
    private TlsTermination tls;

    private TurnServer(TurnSettings settings, Io io, InstantSource clock, LocalAddresses machine) {
        this.started = settings;
        this.ticketKeyFile = settings.ticketKeyFile();
        this.io = io;
        this.clock = clock;
        this.machine = machine;
        this.tls = TlsTermination.none(clock);
        SecureRandom random = new SecureRandom();
        byte[] nonceKey = new byte[NONCE_KEY_BYTES];
        random.nextBytes(nonceKey);
        policy = settings.policy();
        users = new ReloadableUsers(policy.users());
        peers = new PeerPolicy(PeerRules.NOBODY);
        quota = new UserQuota(policy.quota(), System::nanoTime);
        answers = new AnswerRates(System::nanoTime, random, policy.answersPerSecond());
        lookUps = new SourceRate(System::nanoTime, random.nextLong(), policy.answersPerSecond());
        drain = new Drain(clock, policy.alternates());
        Nonces nonces = new Nonces(nonceKey, NONCE_LIFETIME, clock, users.findsNames());
        Authenticator authenticator =
                new Authenticator(settings.realm(), nonces, users, new LookUpLimit(lookUps::allows));
        Rules rules = new Rules(peers, settings.highestChannel(), drain, answers, () -> this.policy.tcpRelays());
        Relays relays =
                new LocalRelays(settings.relayAddresses(), settings.relayPorts(), random, io.datagram(), io.tcp());
        AllocationCounts allocationCounts = new AllocationCounts();
        AllocationEvents events = new EventFanOut(List.of(new AllocationLog(), allocationCounts));
        AtomicInteger opened = new AtomicInteger();
        Supplier<String> ids = () -> Integer.toHexString(opened.incrementAndGet());
        PendingConnections pending = new PendingConnections(random);
        AllocationFactory factory = new AllocationFactory(
                relays, quota, new Reservations(random, System::nanoTime), pending, events, System::nanoTime, ids);
        RequestCounts requestCounts = new RequestCounts();
        loops = new LoopRouters(io.loops(), () -> {
            AllocationTable table = new AllocationTable(factory, System::nanoTime, events);
            return new RequestRouter(authenticator, table, pending, relays, rules, requestCounts);
        });
        StreamSettings streams = settings.streams();
        connections = new ConnectionLimits(streams.maxConnections(), streams.maxConnectionsPerSource());
        metrics = new TurnMetrics(allocationCounts, requestCounts, streamCounts, connections, quota);
        listeners = new Listeners(
                io,
                loops.loops(),
                loops,
                new StreamRules(streams.limits(), connections, streams.proxies(), streamCounts),
                machine,
                clock);
    }

    /** Starts on the best transport that runs here. Either everything listens, or nothing is left behind. */
    static TurnServer start(TurnSettings settings, InstantSource clock) throws StartException {
        return start(settings, Io.best(settings.eventLoops()), clock);
    }

    static TurnServer start(TurnSettings settings, Io io, InstantSource clock) throws StartException {
        return start(settings, io, clock, LocalAddresses.SYSTEM);
    }

    static TurnServer start(TurnSettings settings, Io io, InstantSource clock, LocalAddresses machine)
            throws StartException {
        TurnServer server = new TurnServer(settings, io, clock, machine);
        try {
            server.listen();
            return server;
        } catch (StartException e) {
            server.close();
            throw e;
        }
    }

    private void listen() throws StartException {
        tls = TlsTermination.of(started, clock);
        Map<TransportProtocol, Integer> index = new EnumMap<>(TransportProtocol.class);
        for (Listen listen : started.listens()) {
            int of = index.merge(listen.transport(), 1, Integer::sum) - 1;
            try {
                listeners.open(listen, listen.transport() == TransportProtocol.TLS ? tls.server() : null);
            } catch (IOException e) {
                throw new StartException(BindFailure.explain(listen, e), e)
                        .of("--%s-listen".formatted(listen.transport()), of);
            }
        }
        protectItself();
        loops.start();
    }

    /** The admin port has a place that no peer may be at, too; its number may have been chosen by the kernel. */
    synchronized void protect(InetSocketAddress adminPort) {
        admin.add(adminPort);
        protectItself();
    }

    /** Follows the addresses that the machine has: those it listens on for UDP, and those that are no peers. */
    synchronized void followAddresses() {
        listeners.follow();
        protectItself();
    }

    private void protectItself() {
        peers.set(peerRules());
    }

    /** Both those that are in force since the start and those of this policy are nobody's peers. */
    private PeerRules peerRules() {
        PolicySettings now = policy;
        List<InetSocketAddress> controls = new ArrayList<>(started.policy().controls());
        controls.addAll(now.controls());
        controls.addAll(admin);
        return new PeerRules(
                now.allowedPeers(),
                now.deniedPeers(),
                OwnAddresses.of(listeners.bound(), started.relayAddresses(), started.relayPorts(), controls, machine));
    }

    /**
     * Uses other settings from now on, all or none of them; answers with those that it cannot use without a restart. Another
     * realm is refused, because users and their keys belong to one: those of the next would not get in until the restart.
     */
    synchronized List<String> apply(TurnSettings next) throws StartException {
        if (!next.realm().equals(started.realm())) {
            throw new StartException("--realm %s: this server runs with the realm %s, and another takes a restart"
                    .formatted(next.realm(), started.realm()));
        }
        List<String> needsRestart = started.needsRestartFor(next);
        tls.replace(next);
        policy = next.policy();
        users.set(policy.users());
        followAddresses();
        quota.set(policy.quota());
        answers.set(policy.answersPerSecond());
        lookUps.set(policy.answersPerSecond());
        drain.set(policy.alternates());
        connections.set(next.streams().maxConnections(), next.streams().maxConnectionsPerSource());
        ticketKeyFile = next.ticketKeyFile();
        return needsRestart;
    }

    /** Takes up the ticket keys that it is time for. */
    void renewTicketKeys() {
        tls.renewTicketKeys(ticketKeyFile);
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
        return tls.ticketCounts();
    }

    MetricSnapshots metrics() throws OperationFailed {
        return metrics.snapshot(loops.state(), ticketCounts(), drain.hasBegun());
    }

    /** What each event loop holds. */
    List<LoopState> loopStates() throws OperationFailed {
        return loops.states();
    }

    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("state", drain.hasBegun() ? "draining" : "serving");
        facts.put("version", TurnMain.version());
        facts.put("server", describe());
        facts.put(
                "udp",
                join(listeners.udpAddresses().stream()
                        .map(NetUtil::toSocketAddressString)
                        .toList()));
        return facts;
    }

    /** Whether new allocations are welcome; asks every event loop, so that one that hangs is seen. */
    boolean isReady() throws OperationFailed {
        LoopState unused = loops.state();
        return !drain.hasBegun();
    }

    /** Takes no new allocations, and closes the server when the last has ended or this time is over. */
    void drain(Duration atMost) {
        drain.begin(atMost, () -> loops.state().allocations(), this::close);
    }

    /** What runs, in one line. */
    String describe() {
        return "listens on %s; relays on %s ports %s; realm %s; %s with %d event loops, %s"
                .formatted(
                        join(listeners.bound()),
                        started.relayAddresses().stream()
                                .map(RelayAddress::advertised)
                                .map(NetUtil::toAddressString)
                                .collect(Collectors.joining(" ")),
                        started.relayPorts(),
                        started.realm(),
                        io.name(),
                        started.eventLoops(),
                        started.identities().isEmpty() ? "no TLS" : TlsServer.providerName());
    }

    private static String join(List<?> parts) {
        return parts.stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** Stops listening, ends every allocation, and waits for the event loops; whoever comes second has nothing to do. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        loops.stopSweeping(); // what ends now ends because we stop
        listeners.close();
        loops.stop();
        io.loops().shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Returns when the server has been closed. */
    void awaitClose() throws InterruptedException {
        io.loops().terminationFuture().sync();
    }
}

package org.pinhole.turn;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.pinhole.turn.allocation.AllocationEvents;
import org.pinhole.turn.allocation.AllocationLog;
import org.pinhole.turn.allocation.AllocationTable;
import org.pinhole.turn.allocation.Quota;
import org.pinhole.turn.allocation.TransportProtocol;
import org.pinhole.turn.allocation.UserQuota;
import org.pinhole.turn.auth.Authenticator;
import org.pinhole.turn.auth.Nonces;
import org.pinhole.turn.relay.PeerPolicy;
import org.pinhole.turn.relay.Relays;
import org.pinhole.turn.relay.UdpRelays;
import org.pinhole.turn.request.Admission;
import org.pinhole.turn.request.AnswerLimit;
import org.pinhole.turn.request.RequestRouter;
import org.pinhole.turn.request.Rules;
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

/** The wiring, top to bottom: one router with its allocations per event loop, everything else shared. */
final class TurnServer implements AutoCloseable {
    private static final Duration NONCE_LIFETIME = Duration.ofMinutes(10);
    private static final int NONCE_KEY_BYTES = 32;
    private static final long STOP_SECONDS = 2;

    private final TurnSettings settings;
    private final Io io;
    private final InstantSource clock;
    private final IdentityHashMap<EventLoop, RequestRouter> routers = new IdentityHashMap<>();
    private final Listeners listeners;
    private final StreamCounts streamCounts = new StreamCounts();
    private @Nullable TlsServer tls;

    private TurnServer(TurnSettings settings, Io io, InstantSource clock) {
        this.settings = settings;
        this.io = io;
        this.clock = clock;
        SecureRandom random = new SecureRandom();
        byte[] nonceKey = new byte[NONCE_KEY_BYTES];
        random.nextBytes(nonceKey);
        Nonces nonces = new Nonces(nonceKey, NONCE_LIFETIME, clock);
        Authenticator authenticator = new Authenticator(settings.realm(), nonces, settings.users());
        Rules rules = new Rules(
                new PeerPolicy(settings.allowedPeers()), settings.highestChannel(), Admission.ALWAYS, AnswerLimit.NONE);
        Relays relays = new UdpRelays(settings.relayAddresses(), settings.relayPorts(), random, io.datagram());
        Quota quota = new UserQuota(settings.userQuota());
        AllocationEvents events = new AllocationLog();
        AtomicInteger opened = new AtomicInteger();
        Supplier<String> ids = () -> Integer.toHexString(opened.incrementAndGet());
        List<EventLoop> loops = new ArrayList<>();
        for (EventExecutor executor : io.loops()) {
            EventLoop loop = (EventLoop) executor;
            AllocationTable table = new AllocationTable(relays, quota, System::nanoTime, ids, events);
            loops.add(loop);
            routers.put(loop, new RequestRouter(authenticator, table, relays, rules));
        }
        StreamSettings streams = settings.streams();
        StreamRules rulesOfStreams = new StreamRules(
                streams.limits(),
                new ConnectionLimits(streams.maxConnections(), streams.maxConnectionsPerSource()),
                streams.proxies(),
                streamCounts);
        this.listeners = new Listeners(
                io, loops, loop -> Objects.requireNonNull(routers.get(loop), "a loop of our own"), rulesOfStreams);
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
        routers.forEach((loop, router) -> {
            var unused = loop.scheduleAtFixedRate(router::tick, 1, 1, TimeUnit.SECONDS);
        });
    }

    private @Nullable TlsServer tlsServer() throws StartException {
        TicketKeys ticketKeys = ticketKeys();
        try {
            return settings.identities().isEmpty() ? null : new TlsServer(settings.identities(), ticketKeys);
        } catch (IOException e) {
            throw new StartException("--certificate-file: TLS refuses it: " + e.getMessage(), e);
        }
    }

    private TicketKeys ticketKeys() throws StartException {
        TicketKeyFile file = settings.ticketKeyFile();
        try {
            return file == null ? TicketKeys.fresh(clock.instant(), new SecureRandom()) : file.current();
        } catch (IOException e) {
            throw new StartException("--tls-ticket-key-file " + e.getMessage(), e);
        }
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

    /** What runs, in one line. */
    String describe() {
        return "listens on %s; relays on %s ports %s; realm %s; %s with %d event loops, %s"
                .formatted(
                        join(listeners.bound()),
                        settings.relayAddresses().stream()
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

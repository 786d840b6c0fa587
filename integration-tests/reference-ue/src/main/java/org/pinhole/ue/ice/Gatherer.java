package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.turn.Allocation;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnTransport;

/** Gathers the candidates of one stream (RFC 8445 §5.1.1, RFC 6544 §5): all servers at once, begun one after the other. */
public final class Gatherer {
    /** What one step finds; blocks. */
    private interface Step {
        List<Found> find() throws IOException;
    }

    private record Asked(String name, CompletableFuture<List<Found>> found) {}

    private final GatherPlan plan;
    private final ReflexiveProbe probe;

    public Gatherer(GatherPlan plan, RandomGenerator random) {
        this.plan = plan;
        this.probe = new ReflexiveProbe(random);
    }

    /** For datagrams: UDP of this machine and of relays, and TCP of this machine. Blocks. */
    public Gathered datagrams() throws IOException {
        return gather(true);
    }

    /** For a stream of bytes: TCP of this machine, and of relays by RFC 6062. Blocks. */
    public Gathered streams() throws IOException {
        return gather(false);
    }

    private Gathered gather(boolean datagrams) throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ice-gather");
            thread.setDaemon(true);
            return thread;
        });
        List<Asked> asked = new ArrayList<>();
        for (InetAddress host : plan.hosts()) {
            if (datagrams) {
                asked.add(ask(threads, host.getHostAddress() + " udp", () -> udp(host)));
            }
            asked.add(ask(threads, host.getHostAddress() + " tcp", () -> tcp(host)));
        }
        for (TurnRoute route : plan.servers()) {
            if (datagrams || route.uri().transport() != TurnTransport.UDP) {
                pause();
                asked.add(ask(threads, route.uri().toString(), () -> relay(route, datagrams)));
            }
        }
        threads.shutdown();
        return collect(asked);
    }

    /** Ta between the servers (RFC 8445 §5.1.1.4). */
    private static void pause() throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(Pace.TA.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while gathering candidates", e);
        }
    }

    private static Asked ask(ExecutorService threads, String name, Step step) {
        CompletableFuture<List<Found>> found = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                List<Found> all = step.find();
                if (!found.complete(all)) {
                    all.forEach(Gatherer::close);
                }
            } catch (IOException | RuntimeException e) {
                found.completeExceptionally(e);
            }
        });
        return new Asked(name, found);
    }

    private Gathered collect(List<Asked> asked) throws IOException {
        List<Found> found = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        CompletableFuture<Void> all =
                CompletableFuture.allOf(asked.stream().map(Asked::found).toArray(CompletableFuture[]::new));
        try {
            all.get(plan.within().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            // Each says for itself below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while gathering candidates", e);
        }
        for (Asked one : asked) {
            one.found()
                    .completeExceptionally(
                            new IOException("no answer within " + plan.within().toSeconds() + " s"));
            try {
                found.addAll(one.found().join());
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                refusals.add(one.name() + ": " + (cause == null ? e.toString() : cause.getMessage()));
            }
        }
        return new Gathered(ranked(found), refusals);
    }

    private static void close(Found late) {
        try {
            late.base().close();
        } catch (IOException e) {
            // closed is what was wanted
        }
    }

    /** Earlier ones are preferred among those that are alike. */
    private static List<LocalCandidate> ranked(List<Found> found) {
        List<LocalCandidate> ranked = new ArrayList<>();
        Map<String, String> foundations = new HashMap<>();
        int other = Priority.MAX_OTHER;
        for (Found one : found) {
            String foundation =
                    foundations.computeIfAbsent(one.foundationKey(), key -> Integer.toString(foundations.size() + 1));
            long priority = Priority.of(one.type(), one.transport(), other--);
            Candidate candidate =
                    new Candidate(foundation, one.transport(), priority, one.address(), one.type(), one.related());
            ranked.add(new LocalCandidate(candidate, one.base()));
        }
        return ranked;
    }

    private List<Found> udp(InetAddress host) throws IOException {
        UdpBase base = new UdpBase(host);
        List<Found> found = new ArrayList<>();
        found.add(Found.host(base, IceTransport.UDP, base.address()));
        for (TurnRoute route : plan.servers()) {
            if (route.uri().transport() == TurnTransport.UDP) {
                reflexive(base, route.uri().server(), found);
            }
        }
        return found;
    }

    private void reflexive(UdpBase base, HostPort server, List<Found> found) {
        try {
            InetSocketAddress mapped = base.reflexive(probe, new InetSocketAddress(server.host(), server.port()));
            if (!mapped.equals(base.address())) {
                found.add(new Found(
                        base,
                        IceTransport.UDP,
                        CandidateType.SERVER_REFLEXIVE,
                        mapped,
                        base.address(),
                        server.toString()));
            }
        } catch (IOException e) {
            // The relay at the same server says why it is not there.
        }
    }

    private static List<Found> tcp(InetAddress host) throws IOException {
        TcpPassiveBase passive = new TcpPassiveBase(host);
        return List.of(
                Found.host(
                        new TcpActiveBase(host), IceTransport.TCP_ACTIVE, new InetSocketAddress(host, Found.DISCARD)),
                Found.host(passive, IceTransport.TCP_PASSIVE, passive.address()));
    }

    private List<Found> relay(TurnRoute route, boolean datagrams) throws IOException {
        TurnClient client = TurnClient.open(route, plan.credentials());
        try {
            Allocation granted = datagrams ? client.allocate() : client.allocateTcp();
            client.keep(granted, reason -> {});
            return datagrams ? relayedUdp(client, granted, route) : relayedTcp(client, granted, route);
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private static List<Found> relayedUdp(TurnClient client, Allocation granted, TurnRoute route) {
        return List.of(new Found(
                new RelayedUdpBase(client),
                IceTransport.UDP,
                CandidateType.RELAYED,
                granted.relayed(),
                granted.mapped(),
                route.uri().toString()));
    }

    private static List<Found> relayedTcp(TurnClient client, Allocation granted, TurnRoute route) {
        RelayedTcpBase active = new RelayedTcpBase(client);
        InetSocketAddress placeholder = new InetSocketAddress(granted.relayed().getAddress(), Found.DISCARD);
        String server = route.uri().toString();
        return List.of(
                new Found(
                        active, IceTransport.TCP_ACTIVE, CandidateType.RELAYED, placeholder, granted.mapped(), server),
                new Found(
                        active.passive(),
                        IceTransport.TCP_PASSIVE,
                        CandidateType.RELAYED,
                        granted.relayed(),
                        granted.mapped(),
                        server));
    }
}

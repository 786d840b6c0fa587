package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import org.pinhole.ue.loop.UeLoop;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnTransport;

/**
 * Gathers the candidates of one stream (RFC 8445 §5.1.1, RFC 6544 §5): this machine's own, and from all servers at once, each
 * begun one Ta after the other.
 */
public final class Gatherer {
    private final GatherPlan plan;
    private final UeLoop loop;
    private final Pace pace;
    private final RandomGenerator random;
    private final Executor threads;

    /**
     * Gathers for the streams of one session.
     *
     * @param loop what paces; it is not blocked
     * @param pace the same for all gathering and all checks of the session
     */
    public Gatherer(GatherPlan plan, UeLoop loop, Pace pace, RandomGenerator random) {
        this(plan, loop, pace, random, task -> {
            Thread thread = new Thread(task, "ice-gather");
            thread.setDaemon(true);
            thread.start();
        });
    }

    Gatherer(GatherPlan plan, UeLoop loop, Pace pace, RandomGenerator random, Executor threads) {
        this.plan = plan;
        this.loop = loop;
        this.pace = pace;
        this.random = random;
        this.threads = threads;
    }

    /** For datagrams: UDP of this machine, as servers see it, and of relays, and TCP of this machine. */
    public CompletableFuture<Gathered> datagrams() {
        return gather(true);
    }

    /** For a stream of bytes: TCP of this machine, and of relays by RFC 6062. */
    public CompletableFuture<Gathered> streams() {
        return gather(false);
    }

    private CompletableFuture<Gathered> gather(boolean datagrams) {
        HostBases hosts = HostBases.open(plan.hosts(), datagrams);
        ReflexiveProbe probe = new ReflexiveProbe(loop, random);
        hosts.udp().forEach(base -> base.start(probe));
        PacedQuestions questions = new PacedQuestions(loop, pace, plan.within(), plan.afterARelay());
        for (TurnRoute route : plan.servers()) {
            boolean udp = route.uri().transport() == TurnTransport.UDP;
            if (udp) {
                for (UdpBase base : hosts.udp()) {
                    questions.add(
                            route.uri().toString(),
                            answer -> reflexive(probe, base, route.uri().server(), answer));
                }
            }
            if (datagrams || !udp) {
                questions.add(
                        route.uri().toString(),
                        new RelayQuestion(route, plan.credentials(), datagrams, hosts, threads));
            }
        }
        return questions.begin().thenApply(answers -> {
            loop.execute(probe::close);
            return gathered(hosts, answers);
        });
    }

    private static Gathered gathered(HostBases hosts, PacedQuestions.Answers answers) {
        List<Found> found = new ArrayList<>(hosts.found());
        found.addAll(answers.found());
        List<String> refusals = new ArrayList<>(hosts.refusals());
        refusals.addAll(answers.refusals());
        return new Gathered(Ranking.of(found), refusals);
    }

    /** Nothing was learned where nothing translates; why a server is not there, its relay says. */
    private void reflexive(ReflexiveProbe probe, UdpBase base, HostPort server, CompletableFuture<List<Found>> answer) {
        threads.execute(
                () -> { // a name has to be looked up
                    InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
                    if (address.isUnresolved() || !base.fits(address)) {
                        answer.complete(List.of());
                        return;
                    }
                    loop.execute(() -> {
                        CompletableFuture<List<Found>> unused = probe.ask(base, address)
                                .handle((mapped, failure) -> failure != null || mapped.equals(base.address())
                                        ? List.<Found>of()
                                        : List.of(reflexive(base, mapped, server)))
                                .whenComplete((found, never) -> answer.complete(found));
                    });
                });
    }

    private static Found reflexive(UdpBase base, InetSocketAddress mapped, HostPort server) {
        return new Found(
                base, IceTransport.UDP, CandidateType.SERVER_REFLEXIVE, mapped, base.address(), server.toString());
    }
}

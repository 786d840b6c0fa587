package org.pinhole.ue.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.TunnelException;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * The ways to one edge, straight ones first: UDP 5060, TLS 5061, TLS 443, CONNECT 443. The first that stands and that this UE
 * can register over is taken, and each before it tells what it found (U-11). The straight ones are tried at the same time,
 * because a firewall that drops without a word takes its time with each; the proxy is asked when none of them stands.
 */
public final class Ladder {
    /** Time for two more SYN, and no more: behind a firewall that drops this is waited for in vain. */
    private static final Duration STRAIGHT = Duration.ofSeconds(5);

    private final String host;
    private final List<Rung> straight;
    private final List<Rung> proxied;

    Ladder(String host, List<Rung> straight, List<Rung> proxied) {
        this.host = host;
        this.straight = List.copyOf(straight);
        this.proxied = List.copyOf(proxied);
    }

    /**
     * The ladder to an edge.
     *
     * @param route a route to any of its ports; its trust and server name count, and its deadline behind a proxy
     * @param proxy what is asked for CONNECT, or null for no such rung
     */
    public static Ladder to(TunnelRoute route, LadderPorts ports, @Nullable HttpProxy proxy) {
        String host = route.server().host();
        TunnelRoute open = route.through(null);
        List<Rung> straight = List.of(
                new UdpRung(new HostPort(host, ports.udp())),
                new TlsRung("TLS " + ports.tls(), open.at(ports.tls()), STRAIGHT),
                new TlsRung("TLS " + ports.web(), open.at(ports.web()), STRAIGHT));
        if (proxy == null) {
            return new Ladder(host, straight, List.of());
        }
        String name = "CONNECT " + ports.web() + " by " + proxy.address();
        return new Ladder(
                host, straight, List.of(new TlsRung(name, route.at(ports.web()).through(proxy), route.deadline())));
    }

    /** Climbs; the listener hears of each rung, in order. Throws one line with all of them when none stands. */
    public TunnelRoute climb(Consumer<RungResult> listener) throws TunnelException {
        List<String> reasons = new ArrayList<>();
        for (List<Rung> together : List.of(straight, proxied)) {
            List<FutureTask<Rung.Tried>> tries =
                    together.stream().map(Ladder::begin).toList();
            for (int i = 0; i < together.size(); i++) {
                TunnelRoute found = outcome(together.get(i), tries.get(i), listener, reasons);
                if (found != null) {
                    return found;
                }
            }
        }
        throw new TunnelException("no way to " + host + ": " + String.join("; ", reasons));
    }

    /** One whose turn never comes ends by itself and is not told. */
    private static FutureTask<Rung.Tried> begin(Rung rung) {
        FutureTask<Rung.Tried> task = new FutureTask<>(rung::attempt);
        Thread thread = new Thread(task, "ue-rung " + rung.name());
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private static @Nullable TunnelRoute outcome(
            Rung rung, FutureTask<Rung.Tried> attempt, Consumer<RungResult> listener, List<String> reasons)
            throws TunnelException {
        RungResult result;
        TunnelRoute route = null;
        try {
            Rung.Tried tried = attempt.get();
            result = new RungResult(rung.name(), true, tried.seen());
            route = tried.route();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            String seen = cause instanceof IOException ? cause.getMessage() : String.valueOf(cause);
            result = new RungResult(rung.name(), false, String.valueOf(seen));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunnelException("interrupted", e);
        }
        listener.accept(result);
        reasons.add(result.toString());
        return route;
    }
}

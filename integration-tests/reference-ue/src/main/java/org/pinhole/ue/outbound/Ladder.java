package org.pinhole.ue.outbound;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.TunnelException;
import org.pinhole.ue.tunnel.TunnelRoute;

/**
 * The ways to one edge, straight ones first: UDP 5060, TLS 5061, TLS 443, CONNECT 443. Each is tried until one stands that
 * this UE can register over, and each tells what it found (U-11).
 */
public final class Ladder {
    private final String host;
    private final List<Rung> rungs;

    Ladder(String host, List<Rung> rungs) {
        this.host = host;
        this.rungs = List.copyOf(rungs);
    }

    /**
     * The ladder to an edge.
     *
     * @param route a route to any of its ports; its trust, server name and deadline count
     * @param proxy what is asked for CONNECT, or null for no such rung
     */
    public static Ladder to(TunnelRoute route, LadderPorts ports, @Nullable HttpProxy proxy) {
        String host = route.server().host();
        List<Rung> rungs = new ArrayList<>();
        rungs.add(new UdpRung(new HostPort(host, ports.udp())));
        rungs.add(new TlsRung("TLS " + ports.tls(), route.at(ports.tls()).through(null)));
        rungs.add(new TlsRung("TLS " + ports.web(), route.at(ports.web()).through(null)));
        if (proxy != null) {
            String name = "CONNECT " + ports.web() + " by " + proxy.address();
            rungs.add(new TlsRung(name, route.at(ports.web()).through(proxy)));
        }
        return new Ladder(host, rungs);
    }

    /** Climbs; the listener hears of each rung as it was tried. Throws one line with all of them when none stands. */
    public TunnelRoute climb(Consumer<RungResult> listener) throws TunnelException {
        List<String> reasons = new ArrayList<>();
        for (Rung rung : rungs) {
            RungResult result;
            TunnelRoute route = null;
            try {
                Rung.Tried tried = rung.attempt();
                result = new RungResult(rung.name(), true, tried.seen());
                route = tried.route();
            } catch (IOException e) {
                result = new RungResult(rung.name(), false, String.valueOf(e.getMessage()));
            }
            listener.accept(result);
            if (route != null) {
                return route;
            }
            reasons.add(result.toString());
        }
        throw new TunnelException("no way to " + host + ": " + String.join("; ", reasons));
    }
}

package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.pinhole.ue.turn.Allocation;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;

/**
 * Asks one server for a relay (RFC 8445 §5.1.1.2): of datagrams, or of TCP by RFC 6062. A relay that comes too late is given
 * back.
 */
record RelayQuestion(TurnRoute route, TurnCredentials credentials, boolean datagrams, HostBases hosts, Executor threads)
        implements PacedQuestions.Question {
    @Override
    public void ask(CompletableFuture<List<Found>> answer) {
        threads.execute(() -> {
            try {
                List<Found> found = relay();
                if (!answer.complete(found)) {
                    giveBack(found);
                }
            } catch (IOException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
    }

    private static void giveBack(List<Found> late) throws IOException {
        for (Found one : late) {
            if (one.type() == CandidateType.RELAYED) {
                one.base().close();
            }
        }
    }

    private List<Found> relay() throws IOException {
        TurnClient client = TurnClient.open(route, credentials);
        try {
            Allocation granted = datagrams ? client.allocate() : client.allocateTcp();
            client.keep(granted, reason -> {});
            List<Found> found = new ArrayList<>(datagrams ? relayedUdp(client, granted) : relayedTcp(client, granted));
            found.addAll(translated(client, granted));
            return found;
        } catch (IOException | RuntimeException e) {
            client.close();
            throw e;
        }
    }

    private List<Found> relayedUdp(TurnClient client, Allocation granted) {
        return List.of(new Found(
                new RelayedUdpBase(client),
                IceTransport.UDP,
                CandidateType.RELAYED,
                granted.relayed(),
                granted.mapped(),
                route.uri().toString()));
    }

    private List<Found> relayedTcp(TurnClient client, Allocation granted) {
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

    /** Where our TCP connections come from as the server sees it; what it sees of a proxy says nothing about us. */
    private List<Found> translated(TurnClient client, Allocation granted) {
        InetAddress local = client.localAddress();
        InetSocketAddress mapped = granted.mapped();
        if (local == null || mapped == null || route.proxy() != null) {
            return List.of();
        }
        Found seen = hosts.activeSeenAs(local, mapped.getAddress(), route.uri().toString());
        return seen == null ? List.of() : List.of(seen);
    }
}

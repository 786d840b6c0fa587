package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.loop.ThreadLoop;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnTransport;
import org.pinhole.ue.turn.TurnUri;

/** On real sockets; the timing is asked about on a hand-driven clock elsewhere. */
@Tag("U-10")
class GathererTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final InetSocketAddress SEEN = IceNetwork.address("203.0.113.1:40000");
    /** Nobody waits so long: whoever is there answers, if only that there are no relays. */
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ThreadLoop loop = new ThreadLoop("gatherer-test", InstantSource.system());

    @AfterEach
    void closed() {
        loop.close();
    }

    private Gathered datagrams(Duration within, TurnUri... servers) throws Exception {
        Trust trust = Trust.system();
        List<TurnRoute> routes = List.of(servers).stream()
                .map(uri -> new TurnRoute(uri, "stun.test", null, trust, within))
                .toList();
        GatherPlan plan = new GatherPlan(List.of(LOOPBACK), routes, new TurnCredentials("", ""), within);
        return new Gatherer(plan, loop, new Pace(), new Random(1)).datagrams().get(1, TimeUnit.MINUTES);
    }

    @Test
    void theAddressThatAServerSeesIsACandidateOfTheHostsSocket() throws Exception {
        try (StunDouble server = new StunDouble(SEEN)) {
            Gathered gathered = datagrams(LONG, server.uri());

            LocalCandidate host = gathered.candidates().get(0);
            assertThat(gathered.candidates())
                    .filteredOn(one -> one.candidate().type() == CandidateType.SERVER_REFLEXIVE)
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.candidate().address()).isEqualTo(SEEN);
                        assertThat(one.candidate().related())
                                .isEqualTo(host.candidate().address());
                        assertThat(one.base()).isSameAs(host.base());
                    });
            assertThat(gathered.refusals()).singleElement().asString().contains("no relays here");
            gathered.closeAllBut(this);
        }
    }

    @Test
    void whatTwoServersSeeAlikeIsOneCandidate() throws Exception {
        try (StunDouble one = new StunDouble(SEEN);
                StunDouble other = new StunDouble(SEEN)) {
            Gathered gathered = datagrams(LONG, one.uri(), other.uri());

            assertThat(gathered.described())
                    .extracting(Candidate::toString)
                    .containsOnlyOnce("srflx udp 203.0.113.1:40000");
            gathered.closeAllBut(this);
        }
    }

    @Test
    void serversThatAreSilentCostNoCandidateOfThisMachineAndAreToldOnce() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                DatagramSocket alsoSilent = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0))) {
            Gathered gathered = datagrams(Duration.ofSeconds(1), uri(silent), uri(alsoSilent));

            assertThat(gathered.described())
                    .extracting(Candidate::type)
                    .hasSize(3)
                    .containsOnly(CandidateType.HOST);
            assertThat(gathered.refusals())
                    .containsExactly(
                            uri(silent) + ": no answer within 1 s", uri(alsoSilent) + ": no answer within 1 s");
            gathered.closeAllBut(this);
        }
    }

    private static TurnUri uri(DatagramSocket socket) {
        return new TurnUri(new HostPort("127.0.0.1", socket.getLocalPort()), TurnTransport.UDP);
    }

    @Test
    void whereOurConnectionsAreTranslatedTheActiveCandidateIsToldAsItIsSeen() throws Exception {
        HostBases hosts = HostBases.open(List.of(LOOPBACK), false);

        Found seen = hosts.activeSeenAs(LOOPBACK, SEEN.getAddress(), "turns:turn.test");

        assertThat(seen).isNotNull();
        assertThat(new Candidate("1", seen.transport(), 1, seen.address(), seen.type(), seen.related()))
                .hasToString("srflx tcp 203.0.113.1:9");
        assertThat(hosts.activeSeenAs(LOOPBACK, LOOPBACK, "turns:turn.test")).isNull();
        assertThat(hosts.activeSeenAs(SEEN.getAddress(), LOOPBACK, "turns:turn.test"))
                .as("a connection from elsewhere")
                .isNull();
        for (Found one : hosts.found()) {
            one.base().close();
        }
    }
}

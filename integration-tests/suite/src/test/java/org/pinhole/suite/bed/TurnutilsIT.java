package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.peer.Skip;

/** coturn's own client opens relays with a SIP password, which the TURN server looks up in the container. */
@NeedsPeer("turnutils_uclient")
class TurnutilsIT {
    private static final String HOST = "127.0.0.44"; // of its own, so that 80 and 443 are nobody else's
    private static final Duration DEADLINE = Duration.ofSeconds(45);
    private static final int MESSAGES = 20;
    private static final int MESSAGE_BYTES = 160;
    private static final int BYTES = MESSAGES * MESSAGE_BYTES;
    private static final String SENT = "tot_send_bytes ~ " + 2 * BYTES;
    private static final String RECEIVED = ", tot_recv_bytes ~ " + 2 * BYTES;

    @TempDir
    private static Path folder;

    private static TurnBeside turn;
    private static TurnBeside six;
    private static PinholeServer server;
    private static TurnSidecar sidecar;
    private static TurnCounters counters;

    @BeforeAll
    static void aContainerAndATurnServer() throws IOException {
        turn = new TurnBeside(
                HOST,
                HOST,
                LoopbackPort.orFree(443, HOST),
                LoopbackPort.orFree(80, HOST),
                LoopbackPort.free(),
                LoopbackPort.free());
        six = new TurnBeside("::1", "::1", LoopbackPort.free(), LoopbackPort.free(), LoopbackPort.free(), 0);
        server = PinholeServer.install(folder, "turnutils", ContainerPorts.free())
                .listeningOn("127.0.0.1", LoopbackPort.free(), HOST)
                .beside(turn)
                .start(List.of());
        sidecar = server.startTurn(turn, List.of(), onIpv6());
        counters = turn.counters(server.home());
    }

    /** The same server on the other family's loopback address, where other servers may have 80 and 443. */
    private static String[] onIpv6() {
        return LoopbackPort.hasIpv6()
                ? new String[] {
                    "--udp-listen=[::1]:" + six.udpPort(),
                    "--tcp-listen=[::1]:" + six.tcpPort(),
                    "--tls-listen=[::1]:" + six.tlsPort()
                }
                : new String[0];
    }

    @AfterAll
    static void theyEnd() {
        if (sidecar != null) {
            sidecar.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /**
     * Two relays send each other datagrams. A client that finds two frames in one TLS record counts neither, so what it has
     * received over TLS is for the server to say.
     */
    @Test
    @Tag("T-1")
    @Tag("T-2")
    @Tag("T-8")
    @Tag("T-19")
    void everyByteGoesFromRelayToRelayOverEveryTransportAndInEitherFamily() throws Exception {
        List<String> transports = List.of("udp", "tcp", "tls");
        int before = ended().size();

        for (Running client : start("datagrams", transports, List.of("-y", "-c"))) {
            try (Foreign program = client.program()) {
                assertThat(program.await(DEADLINE)).as(program.output()).isZero();
                assertThat(program.output())
                        .contains(client.transport().equals("tls") ? SENT : SENT + RECEIVED)
                        .doesNotContain("error ");
            }
        }

        everyByteIsCounted(before, transports);
    }

    /**
     * RFC 6062: both ends are TCP relays, of which one connects to the other.
     *
     * <p>TCP may cut and join messages as it likes. The client's own count of what it receives over plain TCP does not allow
     * for that: it drops a message that comes in two pieces, or counts each piece as a whole one, and leaves when its count is
     * full. So it is told to stay (-h) until the server has counted every octet; over TLS its count of octets is right.
     */
    @Test
    @Tag("T-6")
    @Tag("T-19")
    @Tag("T-21")
    void everyByteGoesFromTcpRelayToTcpRelay() throws Exception {
        List<String> transports = List.of("tcp", "tls");
        int before = ended().size();
        long relayed = counters.bytesToClients();

        List<Running> clients = start("streams", transports, List.of("-T", "-h"));
        try {
            await().atMost(DEADLINE).until(() -> counters.bytesToClients() - relayed >= 2L * BYTES * clients.size());
            for (Running client : clients) {
                String all = client.transport().equals("tls") ? SENT + RECEIVED : SENT;
                await().atMost(DEADLINE).until(() -> client.program().output().contains(all));
            }
        } finally {
            clients.forEach(client -> client.program().close());
        }

        everyByteIsCounted(before, transports);
    }

    /**
     * RFC 6062 §5.3: the peer connects. It is the client itself, with a plain socket of which it counts what it writes and never
     * reads anything, so that it says to have received half; the server has relayed both ways.
     */
    @Test
    @Tag("T-6")
    @Tag("T-21")
    void everyByteGoesToAndFromAPeerThatConnects() throws Exception {
        int before = ended().size();
        long toClients = counters.bytesToClients();
        long toPeers = counters.bytesToPeers();
        List<String> command = new ArrayList<>(List.of("-P", "-h", "-X", "-L", HOST));
        command.addAll(options("tcp"));

        try (Foreign client = uclient("passive", PinholeServer.password("alice"), command)) {
            await().atMost(DEADLINE)
                    .until(() -> counters.bytesToClients() - toClients >= BYTES
                            && counters.bytesToPeers() - toPeers >= BYTES
                            && client.output().contains(SENT));
        }

        await().atMost(DEADLINE).until(() -> !relaying(before).isEmpty());
        assertThat(relaying(before))
                .singleElement()
                .asString()
                .contains(" to_peer_bytes=" + BYTES + " ", " to_client_bytes=" + BYTES + " ");
    }

    /** A client of two allocations, which send each other MESSAGES messages. */
    private record Running(String transport, Foreign program) {}

    /** Clients of either family get relays of either; without IPv6 on loopback there is one of each. */
    private static List<Running> start(String name, List<String> transports, List<String> kind) throws IOException {
        List<Running> clients = new ArrayList<>();
        for (String transport : transports) {
            clients.add(start(name + "-4", transport, kind, "-X", turn));
            if (LoopbackPort.hasIpv6()) {
                clients.add(start(name + "-4", transport, kind, "-x", turn));
                clients.add(start(name + "-6", transport, kind, "-X", six));
                clients.add(start(name + "-6", transport, kind, "-x", six));
            }
        }
        return clients;
    }

    private static Running start(String name, String transport, List<String> kind, String relay, TurnBeside at)
            throws IOException {
        List<String> command = new ArrayList<>(kind);
        command.add(relay);
        command.addAll(options(transport, at));
        String program = name + "-" + transport + relay;
        return new Running(transport, uclient(program, PinholeServer.password("alice"), command, at.address()));
    }

    /** Two allocations of each client have sent and received every byte. Says in the end if that was half of it. */
    private static void everyByteIsCounted(int before, List<String> transports) throws IOException {
        int ofEach = LoopbackPort.hasIpv6() ? 8 : 2;
        int allocations = ofEach * transports.size();
        await().atMost(DEADLINE).until(() -> relaying(before).size() >= allocations);
        assertThat(relaying(before))
                .hasSize(allocations)
                .allSatisfy(line -> assertThat(line)
                        .contains(
                                " to_peer_bytes=" + BYTES + " ",
                                " to_client_bytes=" + BYTES + " ",
                                " dropped_packets=0"));
        for (String transport : transports) {
            assertThat(relaying(before))
                    .filteredOn(line -> line.contains(" transport=" + transport + " "))
                    .as(transport)
                    .hasSize(ofEach);
        }
        if (!LoopbackPort.hasIpv6()) {
            Skip.because("there is no IPv6 on loopback; clients and relays of IPv4 were tried");
        }
    }

    /** The allocations that ended since then, without those that the client makes to see whether it is served at all. */
    private static List<String> relaying(int before) throws IOException {
        List<String> all = ended();
        return all.subList(before, all.size()).stream()
                .filter(line -> !line.contains(" to_peer_packets=0 "))
                .toList();
    }

    private static List<String> ended() throws IOException {
        return sidecar.log()
                .lines()
                .filter(line -> line.contains(" event=closed "))
                .toList();
    }

    @Test
    @Tag("T-2")
    void anotherPasswordOpensNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of("-y", "-c"));
        command.addAll(options("tcp"));
        try (Foreign client = uclient("guessed", "guessed", command)) {
            assertThat(client.await(DEADLINE)).as(client.output()).isEqualTo(255);
            assertThat(client.output()).contains("Cannot complete Allocation");
        }
    }

    @Test
    @Tag("T-1")
    @Tag("T-9")
    void opensslVerifiesTheCertificateAndIsOfferedTheProtocolName() throws Exception {
        try (Foreign client = Foreign.start(
                folder,
                "openssl-turn",
                "openssl",
                "s_client",
                "-connect",
                HOST + ":" + turn.tlsPort(),
                "-CAfile",
                server.caFile().toString(),
                "-verify_return_error",
                "-alpn",
                "stun.turn")) {
            client.await(DEADLINE);

            assertThat(client.output()).contains("ALPN protocol: stun.turn", "Verify return code: 0 (ok)", "TLSv1.3");
        }
    }

    private static Foreign uclient(String name, String password, List<String> more) throws IOException {
        return uclient(name, password, more, HOST);
    }

    private static Foreign uclient(String name, String password, List<String> more, String address) throws IOException {
        List<String> command = new ArrayList<>(List.of("turnutils_uclient", "-v"));
        command.addAll(more);
        command.addAll(List.of("-u", "alice", "-w", password, "-m", "1"));
        command.addAll(List.of("-n", Integer.toString(MESSAGES), "-l", Integer.toString(MESSAGE_BYTES), address));
        return Foreign.start(folder, "uclient-" + name, command.toArray(String[]::new));
    }

    private static List<String> options(String transport) {
        return options(transport, turn);
    }

    private static List<String> options(String transport, TurnBeside at) {
        return switch (transport) {
            case "udp" -> List.of("-p", Integer.toString(at.udpPort()));
            case "tcp" -> List.of("-t", "-p", Integer.toString(at.tcpPort()));
            default -> List.of("-t", "-S", "-E", server.caFile().toString(), "-p", Integer.toString(at.tlsPort()));
        };
    }
}

package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.container.ContainerParts;
import org.pinhole.suite.container.Unzip;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.NeedsPeer;
import org.pinhole.suite.proxy.AccessLogEntry;
import org.pinhole.suite.proxy.ConnectProxy;
import org.pinhole.ue.call.Media;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.doubles.ToldCall;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.turn.RelayedStream;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/** The UE's TCP streams (RFC 6062) over TLS and through a proxy, by our own relay: what Annex W.3 wants of the two. */
@NeedsPeer("openssl")
class TurnStreamsIT {
    private static final String HOST = "127.0.0.48"; // of its own, so that ports are nobody else's
    private static final String NAME = "turn.pinhole.test";
    private static final int STREAMS = 4;
    private static final String HANDSHAKES = "pinhole_turn_tls_handshake_seconds_count";
    /** Longer than a handshake takes that has to wait for a processor. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final TurnCredentials ALICE = new TurnCredentials("alice", "wonder");

    @TempDir
    private static Path folder;

    private static TurnSidecar sidecar;
    private static TurnCounters counters;
    private static ConnectProxy proxy;
    private static TurnRoute route;
    private static TurnRoute straight;
    private static Trust trust;
    private static int udpPort;
    private static int tcpPort;

    @BeforeAll
    static void aTurnServerBehindAProxy() throws Exception {
        ServerCertificate self = ServerCertificate.selfSigned(folder, NAME);
        Path home = folder.resolve("pinhole");
        Unzip.withoutTopFolder(ContainerParts.ofThisBuild().distributionZip(), home);
        Path token = Files.writeString(folder.resolve("token"), "open-sesame\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        int tls = LoopbackPort.free();
        int admin = LoopbackPort.free();
        udpPort = freeUdpPort();
        tcpPort = LoopbackPort.free();
        List<String> options = List.of(
                "--tls-listen=" + HOST + ":" + tls,
                "--tcp-listen=" + HOST + ":" + tcpPort,
                "--udp-listen=" + HOST + ":" + udpPort,
                "--relay-address=" + HOST,
                "--allow-peer=" + HOST,
                "--realm=pinhole.test",
                "--user=alice:wonder",
                "--certificate-file=" + self.certificate(),
                "--private-key-file=" + self.key(),
                "--admin-listen=127.0.0.1:" + admin,
                "--admin-token-file=" + token);
        sidecar = TurnSidecar.start(home, options, folder.resolve("turn.log"));
        counters = new TurnCounters(admin, "open-sesame");
        proxy = new ConnectProxy(Set.of(tls), Map.of(NAME, InetAddress.getByName(HOST)));
        HttpProxy through = HttpProxy.at(new HostPort(
                proxy.address().getAddress().getHostAddress(), proxy.address().getPort()));
        trust = Trust.ofPem(self.certificate());
        straight =
                TurnRoute.to(TurnUri.parse("turns:" + HOST + ":" + tls), trust).named(NAME);
        route = TurnRoute.to(TurnUri.parse("turns:" + NAME + ":" + tls), trust).through(through);
    }

    private static int freeUdpPort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket(0, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        }
    }

    @AfterAll
    static void theyEnd() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (sidecar != null) {
            sidecar.close();
        }
    }

    /** Each to a peer of its own: between one relay and one peer there is one connection at a time (446). */
    @Test
    @Tag("T-1")
    @Tag("T-6")
    @Tag("T-21")
    void eachStreamHasAConnectOfItsOwnAndResumesTheControlConnectionsTlsSession() throws Exception {
        int before = proxy.accessLog().size();
        long handshakes = counters.of(HANDSHAKES);
        long resumed = resumed();
        try (TurnClient client = TurnClient.open(route, ALICE)) {
            client.allocateTcp();
            for (int i = 0; i < STREAMS; i++) {
                oneStream(client, i);
            }
        }

        assertThat(connectionsSince(before))
                .extracting(AccessLogEntry::status)
                .as("control connection and streams")
                .hasSize(1 + STREAMS)
                .containsOnly(200);
        assertThat(counters.of(HANDSHAKES) - handshakes).isEqualTo(1 + STREAMS);
        assertThat(counters.of("pinhole_turn_peer_connections_bound_total")).isEqualTo(STREAMS);
        assertThat(resumed() - resumed).as("resumed handshakes").isGreaterThanOrEqualTo(STREAMS);
    }

    private static long resumed() throws Exception {
        return counters.of("pinhole_turn_tls_tickets_total{event=\"resumed\"}")
                + counters.of("pinhole_turn_tls_tickets_total{event=\"renewed\"}");
    }

    private static List<AccessLogEntry> connectionsSince(int before) {
        return proxy.accessLog().subList(before, proxy.accessLog().size());
    }

    /** UDP first, then TCP, relays last; nobody is left out. */
    @Test
    @Tag("U-10")
    @Tag("U-16")
    void candidatesComeFromThisMachineAndFromRelaysOverUdpTcpAndTls() throws Exception {
        List<TurnRoute> servers = List.of(
                TurnRoute.to(TurnUri.parse("turn:" + HOST + ":" + udpPort + "?transport=udp"), trust),
                TurnRoute.to(TurnUri.parse("turn:" + HOST + ":" + tcpPort + "?transport=tcp"), trust),
                straight);
        List<InetAddress> hosts = List.of(InetAddress.getByName(HOST));
        GatherPlan plan = new GatherPlan(hosts, servers, ALICE, PATIENCE, PATIENCE);

        try (MediaCall call = MediaCall.offering(new Media(true, false, false), plan, new ToldCall())) {
            assertThat(call.refusals()).isEmpty();
            assertThat(candidates(call))
                    .as("%s", call.description())
                    .containsExactly("udp host", "tcp host", "tcp host", "udp relay", "udp relay", "udp relay");
        }
    }

    /** Transport and type of each, as the offer has them. */
    private static List<String> candidates(MediaCall call) {
        return Pattern.compile("a=candidate:\\S+ 1 (\\S+) .* typ (\\S+)")
                .matcher(call.description())
                .results()
                .map(line -> line.group(1) + " " + line.group(2))
                .toList();
    }

    /** The counters are the relay's: two ends, so two connections and two allocations. */
    @Test
    @Tag("U-9")
    @Tag("U-13")
    void audioVideoAndRtcpOfACallShareOneControlConnection() throws Exception {
        int before = proxy.accessLog().size();
        long handshakes = counters.of(HANDSHAKES);
        GatherPlan plan = new GatherPlan(List.of(), List.of(route), ALICE, GatherPlan.WITHIN);
        ToldCall near = new ToldCall();
        ToldCall far = new ToldCall();
        try (MediaCall caller = MediaCall.offering(new Media(true, true, false), plan, near);
                MediaCall callee = MediaCall.answering(caller.description(), plan, far)) {
            caller.answered(callee.description());
            assertThat(near.next()).isEqualTo("connected audio udp by relay");
            assertThat(far.next()).isEqualTo("connected audio udp by relay");

            await().untilAsserted(() -> assertThat(caller.figures())
                    .containsOnlyKeys("audio", "video")
                    .allSatisfy((name, seen) -> {
                        assertThat(seen.received()).isPositive();
                        assertThat(seen.roundTrip()).as("RTCP of %s", name).isNotNull();
                    }));

            assertThat(counters.of(HANDSHAKES) - handshakes).isEqualTo(2);
        }
        assertThat(connectionsSince(before)).hasSize(2);
    }

    private static void oneStream(TurnClient client, int number) throws IOException {
        try (ServerSocket peer = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
            client.permit(address);
            try (RelayedStream stream = client.connect(address);
                    Socket far = peer.accept()) {
                carries("there " + number, stream.output(), far.getInputStream());
                carries("back " + number, far.getOutputStream(), stream.input());
            }
        }
    }

    private static void carries(String text, OutputStream out, InputStream in) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        out.write(octets);
        out.flush();
        assertThat(in.readNBytes(octets.length)).isEqualTo(octets);
    }
}

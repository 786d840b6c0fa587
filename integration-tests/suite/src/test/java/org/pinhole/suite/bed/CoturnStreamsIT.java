package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.suite.peer.Foreign;
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
import org.pinhole.ue.turn.Allocation;
import org.pinhole.ue.turn.RelayedStream;
import org.pinhole.ue.turn.StreamAttempt;
import org.pinhole.ue.turn.TurnClient;
import org.pinhole.ue.turn.TurnCredentials;
import org.pinhole.ue.turn.TurnRoute;
import org.pinhole.ue.turn.TurnUri;

/** The UE's TCP streams (RFC 6062) by someone else's measure: coturn's relay, over TLS, through a proxy. */
@NeedsPeer({"turnserver", "openssl"})
class CoturnStreamsIT {
    private static final String HOST = "127.0.0.46"; // of its own, so that ports are nobody else's
    private static final String NAME = "turn.pinhole.test";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final TurnCredentials ALICE = new TurnCredentials("alice", "wonder");

    @TempDir
    private static Path folder;

    private static Foreign coturn;
    private static ConnectProxy proxy;
    private static TurnRoute route;

    @BeforeAll
    static void coturnBehindAProxy() throws Exception {
        ServerCertificate self = ServerCertificate.selfSigned(folder, NAME);
        int clear = LoopbackPort.free();
        int tls = LoopbackPort.free();
        coturn = Foreign.start(
                folder,
                "turnserver",
                "turnserver",
                "-n",
                "--listening-ip=" + HOST,
                "--relay-ip=" + HOST,
                "--listening-port=" + clear,
                "--tls-listening-port=" + tls,
                "--cert=" + self.certificate(),
                "--pkey=" + self.key(),
                "--lt-cred-mech",
                "--user=alice:wonder",
                "--realm=pinhole.test",
                "--allow-loopback-peers",
                "--no-udp",
                "--no-dtls",
                "--no-cli",
                "--userdb=" + folder.resolve("turndb"),
                "--pidfile=" + folder.resolve("turnserver.pid"),
                "--log-file=stdout",
                "--simple-log");
        InetAddress address = InetAddress.getByName(HOST);
        await().atMost(SOON).until(() -> listens(new InetSocketAddress(address, tls)));
        proxy = new ConnectProxy(Set.of(tls), Map.of(NAME, address));
        HttpProxy through = HttpProxy.at(new HostPort(
                proxy.address().getAddress().getHostAddress(), proxy.address().getPort()));
        route = TurnRoute.to(TurnUri.parse("turns:" + NAME + ":" + tls), Trust.ofPem(self.certificate()))
                .through(through);
    }

    private static boolean listens(InetSocketAddress address) {
        try (Socket probe = new Socket(address.getAddress(), address.getPort())) {
            return probe.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @AfterAll
    static void theyEnd() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        if (coturn != null) {
            coturn.close();
        }
    }

    @Test
    @Tag("U-9")
    @Tag("U-10")
    void aStreamToAPeerHasAConnectionAndAConnectOfItsOwn() throws Exception {
        int before = proxy.accessLog().size();
        try (ServerSocket peer = new ServerSocket(0, 5, InetAddress.getByName(HOST));
                TurnClient client = TurnClient.open(route, ALICE)) {
            client.allocateTcp();
            InetSocketAddress address = (InetSocketAddress) peer.getLocalSocketAddress();
            client.permit(address);
            try (RelayedStream stream = client.connect(address);
                    Socket far = peer.accept()) {
                carries("there", stream.output(), far.getInputStream());
                carries("back", far.getOutputStream(), stream.input());
            }
        }
        assertThat(proxy.accessLog().subList(before, proxy.accessLog().size()))
                .extracting(AccessLogEntry::status)
                .as("control connection and stream")
                .containsExactly(200, 200);
    }

    @Test
    @Tag("U-9")
    @Tag("U-10")
    void aPeerThatConnectsToTheRelayIsAccepted() throws Exception {
        BlockingQueue<StreamAttempt> attempts = new LinkedBlockingQueue<>();
        try (TurnClient client = TurnClient.open(route, ALICE)) {
            Allocation relay = client.allocateTcp();
            client.permit(new InetSocketAddress(InetAddress.getByName(HOST), 9));
            client.listen(attempts::add);
            try (Socket far = new Socket()) {
                far.bind(new InetSocketAddress(InetAddress.getByName(HOST), 0));
                far.connect(relay.relayed());
                StreamAttempt attempt = attempts.poll(SOON.toSeconds(), TimeUnit.SECONDS);
                assertThat(attempt).isNotNull();
                assertThat(attempt.peer()).isEqualTo(far.getLocalSocketAddress());
                try (RelayedStream stream = client.accept(attempt)) {
                    carries("hello", far.getOutputStream(), stream.input());
                    carries("well met", stream.output(), far.getInputStream());
                }
            }
        }
    }

    @Test
    @Tag("U-9")
    @Tag("U-10")
    @Tag("U-13")
    void aCallWithAllItsMediaGoesFromRelayToRelay() throws Exception {
        GatherPlan plan = new GatherPlan(List.of(), List.of(route), ALICE, GatherPlan.WITHIN);
        ToldCall near = new ToldCall();
        ToldCall far = new ToldCall();
        try (MediaCall caller = MediaCall.offering(new Media(true, true, true), plan, near);
                MediaCall callee = MediaCall.answering(caller.description(), plan, far)) {
            caller.answered(callee.description());

            assertThat(List.of(near.next(), near.next()))
                    .containsExactlyInAnyOrder("connected audio udp by relay", "connected message tcp by relay");
            assertThat(List.of(far.next(), far.next()))
                    .containsExactlyInAnyOrder("connected audio udp by relay", "connected message tcp by relay");
            String id = caller.send("hello");
            assertThat(far.next()).isEqualTo("message hello");
            assertThat(near.next()).isEqualTo("delivered " + id + " 200");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(caller.figures().values())
                            .hasSize(2)
                            .allSatisfy(one -> assertThat(one.received()).isPositive()));
        }
    }

    private static void carries(String text, OutputStream out, InputStream in) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        out.write(octets);
        out.flush();
        assertThat(in.readNBytes(octets.length)).isEqualTo(octets);
    }
}

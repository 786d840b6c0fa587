package org.pinhole.ue.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.doubles.AlpnGate;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.HostileProxy;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelException;
import org.pinhole.ue.tunnel.TunnelRoute;

@Tag("U-11")
class LadderTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");

    @TempDir
    private Path folder = Path.of("");

    private final List<RungResult> told = new ArrayList<>();

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    private EdgeDouble edge;

    @BeforeEach
    void start() throws IOException {
        edge = new EdgeDouble(CERTIFICATES, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        edge.close();
    }

    private TunnelRoute route(Path ca) throws IOException {
        return TunnelRoute.to(new HostPort("127.0.0.1", 443), Trust.ofPem(ca)).named("edge.pinhole.test");
    }

    private TunnelRoute route() throws IOException {
        return route(CERTIFICATES.writeCa(folder.resolve("ca.pem")));
    }

    /** A port on which nobody listens, TCP or UDP. */
    private static int closed() throws IOException {
        try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DatagramSocket udp = new DatagramSocket(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), tcp.getLocalPort()))) {
            return udp.getLocalPort();
        }
    }

    private List<Boolean> standing() {
        return told.stream().map(RungResult::stands).toList();
    }

    @Test
    void theFirstRungThatStandsIsTakenAndTheOnesBelowSayWhy() throws IOException {
        LadderPorts ports = new LadderPorts(closed(), closed(), edge.address().getPort());

        TunnelRoute found = Ladder.to(route(), ports, null).climb(told::add);

        assertThat(found.server().port()).isEqualTo(ports.web());
        assertThat(told)
                .extracting(RungResult::rung)
                .containsExactly("UDP " + ports.udp(), "TLS " + ports.tls(), "TLS " + ports.web());
        assertThat(standing()).containsExactly(false, false, true);
        assertThat(told.get(0).seen()).isEqualTo("nobody listens there");
        assertThat(told.get(1).seen()).contains("Connection refused");
        assertThat(told.get(2).seen()).isEqualTo("TLSv1.3, ALPN sip/2, certificate of edge.pinhole.test");
    }

    @Test
    void whereOnlyTheProxyGetsOutTheLastRungIsTaken() throws IOException {
        LadderPorts ports = new LadderPorts(closed(), closed(), closed());
        try (HostileProxy proxy = new HostileProxy(edge.address(), (head, to) -> {
            to.say("HTTP/1.1 200 Yes\r\n\r\n");
            return to.tunnel();
        })) {
            TunnelRoute found =
                    Ladder.to(route(), ports, HttpProxy.at(proxy.address())).climb(told::add);

            assertThat(found.proxy()).isEqualTo(HttpProxy.at(proxy.address()));
            assertThat(standing()).containsExactly(false, false, false, true);
            assertThat(told.get(3).seen()).startsWith("HTTP/1.1 200 Yes, TLSv1.3");
        }
    }

    @Test
    void aFirewallThatLetsNoAlpnOfSipPassIsPassedWithout() throws IOException {
        try (AlpnGate gate = new AlpnGate(edge.address())) {
            LadderPorts ports = new LadderPorts(closed(), closed(), gate.port());

            TunnelRoute found = Ladder.to(route(), ports, null).climb(told::add);

            assertThat(gate.seen()).containsExactly(List.of("sip/2"), List.of());
            assertThat(told.get(2).seen()).isEqualTo("TLSv1.3, no ALPN, certificate of edge.pinhole.test");
            assertThat(found.server().port()).isEqualTo(gate.port());
        }
    }

    @Test
    void whenNoneStandsEveryReasonIsInOneLine() throws IOException {
        LadderPorts ports = new LadderPorts(closed(), closed(), edge.address().getPort());
        TunnelRoute wrongCa = route(TestCertificates.make("Somebody else", "x").writeCa(folder.resolve("other.pem")));
        Ladder ladder = Ladder.to(wrongCa, ports, null);

        assertThatThrownBy(() -> ladder.climb(told::add))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("no way to 127.0.0.1: UDP ")
                .hasMessageContaining("TLS intercepted: issuer CN=The double's CA");
        assertThat(told).hasSize(3);
    }

    @Test
    void udpThatAnswersIsToldAndTlsIsTaken() throws Exception {
        try (DatagramSocket server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread answering = new Thread(() -> answerOptions(server), "udp-double");
            answering.start();
            LadderPorts ports =
                    new LadderPorts(server.getLocalPort(), edge.address().getPort(), closed());

            TunnelRoute found = Ladder.to(route(), ports, null).climb(told::add);

            answering.join();
            assertThat(found.server().port()).isEqualTo(ports.tls());
            assertThat(told.get(0))
                    .hasToString("UDP " + ports.udp() + " stands: SIP/2.0 200 Fine; this UE registers over TLS only");
        }
    }

    private static void answerOptions(DatagramSocket server) {
        try {
            DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
            server.receive(packet);
            byte[] answer = "SIP/2.0 200 Fine\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            server.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        } catch (IOException e) {
            // The test is over.
        }
    }
}

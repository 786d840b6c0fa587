package org.pinhole.suite.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.suite.container.ContainerPorts;
import org.pinhole.suite.demo.TurnSidecar;
import org.pinhole.suite.peer.Foreign;
import org.pinhole.suite.peer.NeedsPeer;

/** coturn's own client opens relays with a SIP password, which the TURN server looks up in the container. */
@NeedsPeer("turnutils_uclient")
class TurnutilsIT {
    private static final String HOST = "127.0.0.44"; // of its own, so that 80 and 443 are nobody else's
    private static final Duration DEADLINE = Duration.ofSeconds(45);

    @TempDir
    private static Path folder;

    private static TurnBeside turn;
    private static PinholeServer server;
    private static TurnSidecar sidecar;

    @BeforeAll
    static void aContainerAndATurnServer() throws IOException {
        turn = new TurnBeside(HOST, HOST, portOrFree(443), portOrFree(80), LoopbackPort.free());
        server = PinholeServer.install(folder, "turnutils", ContainerPorts.free())
                .listeningOn("127.0.0.1", LoopbackPort.free(), HOST)
                .beside(turn)
                .start(List.of());
        sidecar = server.startTurn(turn, List.of());
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

    @ParameterizedTest
    @CsvSource({"udp", "tcp", "tls"})
    @Tag("T-1")
    @Tag("T-2")
    @Tag("T-8")
    void packetsGoFromRelayToRelayAndNoneIsLost(String transport) throws Exception {
        String seen = uclient(transport, PinholeServer.password("alice"), 0);

        assertThat(seen)
                .contains("tot_send_msgs=200, tot_recv_msgs=200", "Total lost packets 0 (0.000000%)")
                .doesNotContain("error ");
    }

    @Test
    @Tag("T-2")
    void anotherPasswordOpensNothing() throws Exception {
        assertThat(uclient("tcp", "guessed", 255)).contains("Cannot complete Allocation");
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

    /** The port that Annex W.3 means where this user may bind it, else a free one. */
    private static int portOrFree(int port) throws IOException {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            return probe.getLocalPort();
        } catch (BindException notForThisUser) {
            return LoopbackPort.free();
        }
    }

    private static String uclient(String transport, String password, int expectedCode) throws Exception {
        List<String> command = new ArrayList<>(List.of("turnutils_uclient", "-y", "-c", "-v"));
        command.addAll(options(transport));
        command.addAll(List.of("-u", "alice", "-w", password, "-n", "100", "-m", "1", "-l", "160", HOST));
        try (Foreign client = Foreign.start(folder, "uclient-" + transport, command.toArray(String[]::new))) {
            int code = client.await(DEADLINE);
            assertThat(code).as(client.output()).isEqualTo(expectedCode);
            return client.output();
        }
    }

    private static List<String> options(String transport) {
        return switch (transport) {
            case "udp" -> List.of("-p", Integer.toString(turn.udpPort()));
            case "tcp" -> List.of("-t", "-p", Integer.toString(turn.tcpPort()));
            default -> List.of("-t", "-S", "-E", server.caFile().toString(), "-p", Integer.toString(turn.tlsPort()));
        };
    }
}

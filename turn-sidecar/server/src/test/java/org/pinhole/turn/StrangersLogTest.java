package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.allocation.TransportProtocol;

/** What those who prove nothing can make of the log: no lines of their own, and none at all where nobody asked for them. */
@Tag("T-18")
class StrangersLogTest {
    private static final List<String> OPTIONS = List.of("--tcp-listen=127.0.0.1:0", "--event-loops=1");
    private static final String DEBUG = "JAVA_TOOL_OPTIONS=-Dorg.slf4j.simpleLogger.defaultLogLevel=debug";

    @TempDir
    Path folder;

    @Test
    void aUserNameWithALineBreakStaysOnItsLine() throws Exception {
        try (LiveProcess server = LiveProcess.start(folder, List.of("env", DEBUG), OPTIONS);
                TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP))) {
            client.ask(
                    "mallory\n[INFO] forged",
                    "a guess",
                    StunMethod.ALLOCATE,
                    new RequestedTransport(RequestedTransport.UDP));

            server.awaitLog("mallory");
            assertThat(server.log()).contains("mallory?[INFO] forged").doesNotContain("\n[INFO] forged");
        }
    }

    @Test
    void aStrangerWhoIsClosedIsCountedAndNotLogged() throws Exception {
        List<String> options = new ArrayList<>(OPTIONS);
        options.add("--first-message-seconds=1");
        try (LiveProcess server = LiveProcess.start(folder, List.of("env"), options)) {
            InetSocketAddress address = server.address(TransportProtocol.TCP);
            try (Socket idle = new Socket(address.getAddress(), address.getPort())) {
                idle.setSoTimeout(20_000);
                assertThat(idle.getInputStream().read()).isEqualTo(-1);
            }

            assertThat(server.stop()).isZero();
            assertThat(server.log()).doesNotContain("no message in time");
        }
    }
}

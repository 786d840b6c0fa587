package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.turn.allocation.TransportProtocol;

/** A process that may open few files runs out of them, says so once, goes on, and stops when it is told. */
@EnabledOnOs(OS.LINUX)
class DescriptorsTest {
    private static final int FILES = 120;
    private static final String PAUSES = "pinhole_turn_accept_pauses_total";
    private static final long TRIED_AGAIN = 3;

    @TempDir
    Path folder;

    @Test
    void theServerSurvivesWithoutDescriptorsSaysSoOnceAndStopsCleanly() throws Exception {
        List<String> fewFiles = List.of("sh", "-c", "ulimit -n " + FILES + " && exec \"$@\"", "sh");
        try (LiveProcess server = LiveProcess.start(
                folder,
                fewFiles,
                List.of("--tcp-listen=127.0.0.1:0", "--event-loops=1", "--first-message-seconds=600"))) {
            // the connection that this opens is asked again later, when none can be opened
            assertThat(server.metric(PAUSES)).isZero();
            InetSocketAddress address = server.address(TransportProtocol.TCP);
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 2 * FILES; i++) { // those that are not accepted wait in the kernel
                held.add(new Socket(address.getAddress(), address.getPort()));
            }
            server.awaitMetric(PAUSES, TRIED_AGAIN + " or more", seen -> seen >= TRIED_AGAIN);
            assertThat(server.log().split("no connection can be accepted", -1)).hasSize(2);
            assertThat(server.log()).doesNotContain("connections are accepted again");
            for (Socket socket : held) {
                socket.close();
            }

            server.awaitLog("connections are accepted again");
            try (TestClient client = TestClient.tcp(address)) {
                client.binding();
            }

            assertThat(server.stop()).isZero();
        }
    }
}

package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Anybody on the machine can connect to the admin port, and may not keep it from those who have the token. */
@Tag("T-18")
class AdminPatienceTest {
    private static final int SERVED_AT_ONCE = 32;

    @TempDir
    Path folder;

    @Test
    @Timeout(60)
    void requestsThatAreNeverFinishedDoNotKeepTheOperatorOut() throws Exception {
        try (LiveProcess server =
                LiveProcess.start(folder, List.of("env"), List.of("--tcp-listen=127.0.0.1:0", "--event-loops=1"))) {
            InetSocketAddress admin = server.admin();
            List<Socket> halves = new ArrayList<>();
            for (int i = 0; i < SERVED_AT_ONCE - 1; i++) {
                Socket half = new Socket(admin.getAddress(), admin.getPort());
                half.getOutputStream().write("GET /health HTTP/1.1\r\nHost: ".getBytes(US_ASCII));
                halves.add(half);
            }

            assertThat(server.metric("pinhole_turn_allocations")).isZero();
            for (Socket half : halves) {
                half.close();
            }
        }
    }
}

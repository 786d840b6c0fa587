package org.pinhole.admin.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.admin.file.AdminException;

class RunningContainerTest {
    private static final int PATIENCE_MILLIS = 30_000;

    @TempDir
    Path base;

    @Test
    void whoIsSentAwayFromACrowdedPortComesBackAndIsAnswered() throws Exception {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = CompletableFuture.supplyAsync(() -> crowdedThenServed(port));
            controlFile(port.getLocalPort());

            assertThat(RunningContainer.in(base).ask("drain-status")).containsExactly("off 7 0");
            assertThat(asked.get()).isEqualTo("secret drain-status");
        }
    }

    @Test
    void whoIsSentAwayAlwaysIsToldSo() throws Exception {
        try (ServerSocket port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            new Thread(() -> {
                        while (!port.isClosed()) {
                            sendAway(port, false);
                        }
                    })
                    .start();
            controlFile(port.getLocalPort());

            assertThatThrownBy(() -> RunningContainer.in(base).ask("status"))
                    .isInstanceOf(AdminException.class)
                    .hasMessageContaining("times without a word");
        }
    }

    private static String crowdedThenServed(ServerSocket port) {
        sendAway(port, false);
        sendAway(port, true);
        try (Socket operator = port.accept()) {
            operator.setSoTimeout(PATIENCE_MILLIS);
            String line = new BufferedReader(new InputStreamReader(operator.getInputStream(), US_ASCII)).readLine();
            operator.getOutputStream().write("off 7 0\n".getBytes(US_ASCII));
            return line;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static void sendAway(ServerSocket port, boolean reset) {
        try (Socket unlucky = port.accept()) {
            unlucky.setSoLinger(reset, 0);
        } catch (IOException closed) {
            assertThat(port.isClosed()).isTrue();
        }
    }

    private void controlFile(int port) throws IOException {
        Path folder = Files.createDirectories(base.resolve("conf/pinhole"));
        Files.write(folder.resolve("control"), (port + " secret\n").getBytes(US_ASCII));
    }
}

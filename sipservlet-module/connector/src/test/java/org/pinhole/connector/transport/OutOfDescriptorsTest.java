package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A connector whose process may open 160 files. */
class OutOfDescriptorsTest {
    private static final String COMPLAINT = "connections cannot be accepted";

    @TempDir
    File folder;

    @Test
    void aConnectorOutOfFileDescriptorsSaysSoOnceAndServesAgainWhenSomeAreFree() throws Exception {
        File log = new File(folder, "log");
        Process process = new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n 160; exec \"$@\"",
                        "sh",
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrampedConnector.class.getName(),
                        folder.getPath())
                .redirectError(log)
                .start();
        List<Socket> connections = new ArrayList<>();
        try {
            int port = Integer.parseInt(
                    new BufferedReader(new InputStreamReader(process.getInputStream(), US_ASCII)).readLine());
            assertThat(isServed(port)).isTrue();
            for (int i = 0; i < 300; i++) {
                connections.add(new Socket(InetAddress.getLoopbackAddress(), port));
            }
            await().atMost(1, TimeUnit.MINUTES)
                    .untilAsserted(() -> assertThat(complaints(log)).isEqualTo(1));
            for (Socket connection : connections) {
                connection.close();
            }

            await().atMost(2, TimeUnit.MINUTES).until(() -> isServed(port));
            assertThat(complaints(log)).isEqualTo(1);
        } finally {
            for (Socket connection : connections) {
                connection.close();
            }
            process.destroy();
            process.waitFor();
        }
    }

    private static boolean isServed(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
            return socket.getInputStream().read() == 'H';
        }
    }

    private static long complaints(File log) throws IOException {
        return Files.readAllLines(log.toPath()).stream()
                .filter(line -> line.contains(COMPLAINT))
                .count();
    }
}

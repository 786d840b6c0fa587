package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that may open few files runs out of them, says so once, goes on, and stops when it is told. */
@EnabledOnOs(OS.LINUX)
class DescriptorsTest {
    private static final int FILES = 120;
    private static final Pattern LISTENS = Pattern.compile("tcp://127.0.0.1:([0-9]+)");

    @TempDir
    Path folder;

    @Test
    void theServerSurvivesWithoutDescriptorsSaysSoOnceAndStopsCleanly() throws Exception {
        Path log = folder.resolve("log");
        Process server = start(log);
        try (BufferedReader out = server.inputReader()) {
            int port = portIn(out.readLine());
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 2 * FILES; i++) { // those that are not accepted wait in the kernel
                held.add(connect(port));
            }
            awaitText(log, "no connection can be accepted");
            for (Socket socket : held) {
                socket.close();
            }

            awaitText(log, "connections are accepted again");
            try (TestClient client = TestClient.over(connect(port))) {
                client.binding();
            }
            assertThat(Files.readString(log).split("no connection can be accepted", -1))
                    .hasSize(2);

            server.destroy(); // SIGTERM
            assertThat(server.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(server.exitValue()).isZero();
        } finally {
            server.destroyForcibly();
        }
    }

    private static Process start(Path log) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = new ArrayList<>(List.of("sh", "-c", "ulimit -n " + FILES + " && exec \"$@\"", "sh"));
        command.addAll(List.of(java, "-Xshare:auto", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of("org.pinhole.turn.TurnMain", "--realm=pinhole.test", "--user=alice:wonderland"));
        command.addAll(List.of("--tcp-listen=127.0.0.1:0", "--relay-address=127.0.0.1", "--event-loops=1"));
        return new ProcessBuilder(command).redirectError(log.toFile()).start();
    }

    private static int portIn(String line) {
        Matcher listens = LISTENS.matcher(line);
        assertThat(listens.find()).as(line).isTrue();
        return Integer.parseInt(listens.group(1));
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), port);
    }

    private static void awaitText(Path log, String text) throws Exception {
        for (long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
                !Files.readString(log).contains(text); ) {
            assertThat(System.nanoTime()).as(Files.readString(log)).isLessThan(deadline);
            Thread.sleep(50); // looks again; what is waited for is the text
        }
    }
}

package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.doubles.TestCertificates;

/** Servers that are there, and keep whoever comes waiting. */
@Tag("U-4")
class SlowServerTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");
    private static final Duration LIMIT = Duration.ofSeconds(1);

    @TempDir
    private Path folder = Path.of("");

    private interface Server {
        void serve(Socket client) throws IOException, InterruptedException;
    }

    private static void serving(ServerSocket listener, Server server) {
        Thread thread = new Thread(() -> {
            try (Socket client = listener.accept()) {
                server.serve(client);
            } catch (IOException | InterruptedException e) {
                // The UE left, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private TunnelRoute route(ServerSocket listener) throws IOException {
        return TunnelRoute.to(
                        new HostPort("127.0.0.1", listener.getLocalPort()),
                        Trust.ofPem(CERTIFICATES.writeCa(folder.resolve("ca.pem"))))
                .named("edge.pinhole.test")
                .within(LIMIT);
    }

    @Test
    @Timeout(60)
    void aHandshakeThatDripsEndsWithItsDeadline() throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serving(listener, client -> {
                client.getOutputStream().write(new byte[] {0x16, 3, 3, 0x40, 0}); // a record of 16 KiB to come
                for (int i = 0; i < 300; i++) {
                    client.getOutputStream().write(0);
                    TimeUnit.MILLISECONDS.sleep(100);
                }
            });

            assertThatThrownBy(() -> Tunnel.open(route(listener)))
                    .isInstanceOf(TunnelException.class)
                    .hasMessageMatching("no answer from 127\\.0\\.0\\.1:[0-9]+ within 1 s");
        }
    }

    @Test
    @Timeout(60)
    void aServerThatStopsReadingEndsTheConnectionAndHoldsNobodyUp() throws IOException {
        try (ServerSocket listener = CERTIFICATES
                .serverContext()
                .getServerSocketFactory()
                .createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            serving(listener, client -> {
                ((SSLSocket) client).startHandshake();
                TimeUnit.SECONDS.sleep(50);
            });

            try (Tunnel tunnel = Tunnel.open(route(listener).within(Duration.ofSeconds(20)))) {
                assertThatThrownBy(() -> tunnel.send(new byte[64 * 1024 * 1024], LIMIT))
                        .isInstanceOf(TunnelException.class)
                        .hasMessage("the far end has read nothing for 1 s");
            }
        }
    }
}

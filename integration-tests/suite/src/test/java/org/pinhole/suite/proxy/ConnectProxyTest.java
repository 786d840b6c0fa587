package org.pinhole.suite.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectProxyTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    private ServerSocket far;

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    private ConnectProxy proxy;

    @BeforeEach
    void start() throws IOException {
        far = new ServerSocket(0, 5, LOOPBACK);
        proxy = new ConnectProxy(Set.of(far.getLocalPort()), Map.of("edge.pinhole.test", LOOPBACK));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        far.close();
    }

    private Socket ask(String request) throws IOException {
        Socket client = new Socket(LOOPBACK, proxy.address().getPort());
        client.setSoTimeout(5000);
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    private static String read(Socket socket, int octets) throws IOException {
        return new String(socket.getInputStream().readNBytes(octets), StandardCharsets.US_ASCII);
    }

    @Test
    void anAllowedPortIsReachedByNameAndBytesGoBothWays() throws IOException {
        String target = "edge.pinhole.test:" + far.getLocalPort();
        try (Socket client = ask("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\nhello");
                Socket server = far.accept()) {
            assertThat(read(client, ESTABLISHED.length())).isEqualTo(ESTABLISHED);
            assertThat(read(server, 5)).isEqualTo("hello");
            server.getOutputStream().write("bye".getBytes(StandardCharsets.US_ASCII));
            assertThat(read(client, 3)).isEqualTo("bye");

            assertThat(proxy.accessLog()).containsExactly(new AccessLogEntry(target, 200, 5, 3));
        }
    }

    @Test
    void anotherPortIsForbidden() throws IOException {
        try (Socket client = ask("CONNECT edge.pinhole.test:5061 HTTP/1.1\r\n\r\n")) {
            String reply = new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

            assertThat(reply).startsWith("HTTP/1.1 403 Forbidden\r\n");
            assertThat(proxy.accessLog()).containsExactly(new AccessLogEntry("edge.pinhole.test:5061", 403, 0, 0));
        }
    }

    @Test
    void anythingButConnectIsNotAllowed() throws IOException {
        try (Socket client = ask("GET http://edge.pinhole.test/ HTTP/1.1\r\n\r\n")) {
            assertThat(read(client, 12)).isEqualTo("HTTP/1.1 405");
        }
    }

    @Test
    void closingItEndsTheTunnels() throws IOException {
        String target = "edge.pinhole.test:" + far.getLocalPort();
        try (Socket client = ask("CONNECT " + target + " HTTP/1.1\r\n\r\n");
                Socket server = far.accept()) {
            assertThat(read(client, ESTABLISHED.length())).isEqualTo(ESTABLISHED);

            proxy.close();

            assertThat(server.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void whoHasToSayAPasswordIsAskedForItAndLetInWithIt() throws IOException {
        String target = "edge.pinhole.test:" + far.getLocalPort();
        String connect = "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n";
        proxy.close();
        proxy = ConnectProxy.asking(
                Set.of(far.getLocalPort()), Map.of("edge.pinhole.test", LOOPBACK), "visitor", "let me out");

        try (Socket without = ask(connect + "\r\n");
                Socket with = ask(connect + "Proxy-Authorization: Basic dmlzaXRvcjpsZXQgbWUgb3V0\r\n\r\n")) {
            assertThat(new String(without.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 407 ")
                    .contains("\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n");
            assertThat(read(with, ESTABLISHED.length())).isEqualTo(ESTABLISHED);
        }
    }
}

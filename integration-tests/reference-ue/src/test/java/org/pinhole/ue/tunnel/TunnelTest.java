package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U-8")
class TunnelTest {
    private static final String ASKS = "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n";

    private final List<String> heads = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    private ServerSocket proxy;

    @BeforeEach
    void start() throws IOException {
        proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    /** Answers one connection after the other with the next of these, and closes it. */
    private void answering(String... replies) {
        Thread thread = new Thread(() -> {
            for (String reply : replies) {
                try (Socket client = proxy.accept()) {
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        head.append((char) client.getInputStream().read());
                    }
                    heads.add(head.toString());
                    client.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    return;
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private TunnelRoute route() throws TunnelException {
        HostPort address = new HostPort("127.0.0.1", proxy.getLocalPort());
        return TunnelRoute.to(new HostPort("unresolvable.invalid", 443), Trust.system())
                .through(new HttpProxy(address, ProxyCredentials.of("user", "secret")));
    }

    @Test
    void aProxyThatAsksForBasicGetsItOnANewConnection() {
        answering(ASKS, "HTTP/1.1 502 Bad Gateway\r\n\r\n");

        assertThatThrownBy(() -> Tunnel.open(route()))
                .isInstanceOf(ConnectRefused.class)
                .hasMessageContaining("502 Bad Gateway");
        assertThat(heads).hasSize(2);
        assertThat(heads.get(0)).doesNotContain("Proxy-Authorization");
        assertThat(heads.get(1)).contains("Proxy-Authorization: Basic ");
    }

    @Test
    void credentialsThatTheProxyRefusesAreNotTriedForEver() {
        answering(ASKS, ASKS);

        assertThatThrownBy(() -> Tunnel.open(route()))
                .hasMessageContaining("did not take the proxy user and password")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aProxyThatIsNotThereIsSaidInOneLine() throws IOException {
        TunnelRoute route = route();
        proxy.close();

        assertThatThrownBy(() -> Tunnel.open(route))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("cannot connect to 127.0.0.1:");
    }

    @Test
    @Tag("U-11")
    void aHandshakeThatIsCutOffIsTriedOnceMoreWithoutAlpnAndBothAreSaid() {
        String letsThrough = "HTTP/1.1 200 OK\r\n\r\n";
        answering(letsThrough, letsThrough);

        assertThatThrownBy(() -> Tunnel.open(route()))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("TLS with unresolvable.invalid was cut off before a certificate came (")
                .hasMessageEndingWith("something on the way may not let ALPN sip/2 pass; without ALPN too");
        assertThat(heads).hasSize(2);
    }
}

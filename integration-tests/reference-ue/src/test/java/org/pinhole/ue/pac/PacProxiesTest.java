package org.pinhole.ue.pac;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.TunnelException;

@Tag("U-17")
class PacProxiesTest {
    private static final HostPort EDGE = new HostPort("edge.pinhole.test", 443);
    private static final HttpProxy OFFICE = HttpProxy.at(new HostPort("proxy.office", 3128));

    @TempDir
    private Path folder = Path.of("");

    private PacProxies answering(String answer) throws IOException {
        Path script = folder.resolve("proxy.pac");
        Files.writeString(script, "function FindProxyForURL(url, host) { return \"" + answer + "\"; }");
        return PacProxies.at(script.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY proxy.office:3128",
                "SOCKS s:1; HTTP proxy.office:3128; DIRECT",
                "proxy  proxy.office:3128;"
            })
    void theFirstWayThatThisUeCanGoIsTaken(String answer) throws IOException {
        assertThat(answering(answer).find(EDGE)).isEqualTo(OFFICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIRECT", "", "HTTPS p:443; DIRECT; PROXY proxy.office:3128"})
    void directMeansNone(String answer) throws IOException {
        assertThat(answering(answer).find(EDGE)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "SOCKS5 s:1080, 'answers ''SOCKS5 s:1080'', and this UE goes straight or by PROXY HOST:PORT'",
        "PROXY proxy.office, '''proxy.office'' has no port; write HOST:PORT'"
    })
    void anAnswerThatCannotBeFollowedIsTold(String answer, String reason) throws IOException {
        PacProxies proxies = answering(answer);

        assertThatThrownBy(() -> proxies.find(EDGE))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("PAC script " + folder.resolve("proxy.pac") + ": ")
                .hasMessageEndingWith(reason);
    }

    @Test
    void aScriptIsReadFromAUrl() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
        server.createContext("/wpad.dat", exchange -> {
            byte[] script = "function FindProxyForURL(u, h) { return 'PROXY proxy.office:3128'; }".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, script.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(script);
            }
        });
        server.start();
        String host = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(PacProxies.at(host + "/wpad.dat").find(EDGE)).isEqualTo(OFFICE);
            assertThatThrownBy(() -> PacProxies.at(host + "/proxy.pac").find(EDGE))
                    .hasMessageContaining("cannot be read")
                    .hasMessageContaining("answered 404");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aScriptThatIsNotThereIsNamedWhenAProxyIsWanted() {
        PacProxies proxies = PacProxies.at(folder.resolve("none.pac").toString());

        assertThatThrownBy(() -> proxies.find(EDGE))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining("none.pac: cannot be read");
    }
}

package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.ue.digest.AuthParams;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.HostileProxy;
import org.pinhole.ue.doubles.HostileProxy.Answering;
import org.pinhole.ue.doubles.HostileProxy.Behaviour;
import org.pinhole.ue.doubles.TestCertificates;

@Tag("U-8")
class HostileProxyTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");
    private static final String OK = "HTTP/1.1 200 Connection established\r\n\r\n";
    private static final String DIGEST = "Digest realm=\"office\",nonce=\"%s\",algorithm=MD5,qop=\"auth\"%s";

    @TempDir
    private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // JUnit calls start first
    private EdgeDouble edge;

    private @Nullable HostileProxy proxy;

    @BeforeEach
    void start() throws IOException {
        edge = new EdgeDouble(CERTIFICATES, Map.of());
    }

    @AfterEach
    void stop() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        edge.close();
    }

    private HostileProxy proxy(Behaviour behaviour) throws IOException {
        HostileProxy made = new HostileProxy(edge.address(), behaviour);
        proxy = made;
        return made;
    }

    private Tunnel open(HttpProxy through) throws IOException {
        Trust trust = Trust.ofPem(CERTIFICATES.writeCa(folder.resolve("ca.pem")));
        return Tunnel.open(
                TunnelRoute.to(new HostPort("edge.pinhole.test", 443), trust).through(through));
    }

    private Tunnel open(HostileProxy through) throws IOException {
        return open(new HttpProxy(through.address(), ProxyCredentials.of("user", "secret")));
    }

    private static String asks(String challenge, String more) {
        return "HTTP/1.1 407 Who are you\r\nProxy-Authenticate: " + challenge + "\r\n" + more + "\r\n";
    }

    private static String keeps(String challenge) {
        return asks(challenge, "Content-Length: 4\r\n") + "page";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 204 No Content\r\n\r\n",
                "HTTP/1.0 200\r\n\r\n",
                "HTTP/1.1 299 Odd\r\nContent-Length: 1000\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 100 Wait\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
            })
    void any2xxOpensTheTunnelAndTlsBeginsRightBehindIt(String reply) throws IOException {
        HostileProxy stub = proxy((head, to) -> {
            to.say(reply);
            return to.tunnel();
        });

        try (Tunnel tunnel = open(stub)) {
            assertThat(tunnel.tls().subjectAltNames()).containsExactly("edge.pinhole.test");
        }
    }

    @Test
    @Tag("U-10")
    void theSecondConnectionTakesTheTlsSessionUpAgain() throws IOException {
        HostileProxy stub = proxy((head, to) -> let(to));
        Trust trust = Trust.ofPem(CERTIFICATES.writeCa(folder.resolve("ca.pem")));
        TunnelRoute route =
                TunnelRoute.to(new HostPort("edge.pinhole.test", 443), trust).through(HttpProxy.at(stub.address()));

        try (Tunnel first = Tunnel.open(route)) {
            first.output().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(first.input().read())
                    .as("the pong, and the session's ticket before it")
                    .isEqualTo('\r');
            try (Tunnel second = Tunnel.open(route)) {
                assertThat(first.tls().resumed()).isFalse();
                assertThat(second.tls().resumed()).isTrue();
                assertThat(second.tls().subjectAltNames()).containsExactly("edge.pinhole.test");
            }
        }
        assertThat(stub.heads()).as("a CONNECT each").hasSize(2);
    }

    @Test
    void aReplyInPiecesOfOneOctetIsReadWhole() throws IOException {
        HostileProxy stub = proxy((head, to) -> {
            for (int i = 0; i < OK.length(); i++) {
                to.say(OK.substring(i, i + 1));
            }
            return to.tunnel();
        });

        try (Tunnel tunnel = open(stub)) {
            assertThat(tunnel.connectReply()).extracting(ConnectReply::status).isEqualTo(200);
        }
    }

    @Test
    void thirtyKilobytesOfHeadersAreReadWhole() throws IOException {
        HostileProxy stub = proxy((head, to) -> {
            to.say("HTTP/1.1 200 OK\r\n" + ("X-Policy: " + "p".repeat(990) + "\r\n").repeat(30) + "\r\n");
            return to.tunnel();
        });

        try (Tunnel tunnel = open(stub)) {
            assertThat(tunnel.connectReply())
                    .extracting(reply -> reply.all("X-Policy").size())
                    .isEqualTo(30);
        }
    }

    @Test
    void whatComesBehindTheBlankLineIsTakenForTlsAndFailsAsSuch() throws IOException {
        HostileProxy stub = proxy((head, to) -> {
            to.say(OK + "<html>Welcome to our hotel</html>");
            return to.tunnel();
        });

        assertThatThrownBy(() -> open(stub))
                .isInstanceOf(TunnelException.class)
                .hasMessageStartingWith("TLS with edge.pinhole.test failed: ");
    }

    @Test
    void digestIsAnsweredOnTheSameConnectionWhereTheProxyKeepsIt() throws IOException {
        HostileProxy stub = proxy(
                (head, to) -> authorization(head) == null ? stays(to, keeps(DIGEST.formatted("n1", ""))) : let(to));

        open(stub).close();

        assertThat(stub.heads()).hasSize(2).allMatch(head -> head.startsWith("1 CONNECT edge.pinhole.test:443 "));
        AuthParams sent = AuthParams.parse(
                String.valueOf(authorization(stub.heads().get(1))).substring("Digest ".length()));
        assertThat(List.of(
                        String.valueOf(sent.find("uri")),
                        String.valueOf(sent.find("nonce")),
                        String.valueOf(sent.find("nc"))))
                .containsExactly("edge.pinhole.test:443", "n1", "00000001");
        assertThat(stub.heads().get(1)).doesNotContain("secret");
    }

    @Test
    void aProxyThatClosesAfter407IsAnsweredOnANewConnection() throws IOException {
        HostileProxy stub = proxy((head, to) -> authorization(head) == null
                ? leaves(to, asks("Basic realm=\"office\"", "Proxy-Connection: close\r\nContent-Length: 0\r\n"))
                : let(to));

        open(stub).close();

        assertThat(stub.heads()).extracting(head -> head.charAt(0)).containsExactly('1', '2');
    }

    @Test
    void aProxyThatSaysItStaysAndLeavesIsAnsweredOnANewConnection() throws IOException {
        HostileProxy stub = proxy(
                (head, to) -> authorization(head) == null ? leaves(to, keeps("Basic realm=\"office\"")) : let(to));

        open(stub).close();

        assertThat(stub.heads()).extracting(head -> head.charAt(0)).containsExactly('1', '2');
    }

    @Test
    void aStaleNonceIsAnsweredOnceMoreWithTheNewOne() throws IOException {
        AtomicInteger asked = new AtomicInteger();
        HostileProxy stub = proxy((head, to) -> switch (asked.incrementAndGet()) {
            case 1 -> stays(to, keeps(DIGEST.formatted("n1", "")));
            case 2 -> stays(to, keeps(DIGEST.formatted("n2", ",stale=true")));
            default -> let(to);
        });

        open(stub).close();

        assertThat(stub.heads().get(2)).contains("nonce=\"n2\"", "nc=00000001");
    }

    @Test
    void digestGoesBeforeBasicAndIsNotFollowedByIt() throws IOException {
        HostileProxy stub = proxy((head, to) ->
                stays(to, keeps("Basic realm=\"office, main\", " + DIGEST.formatted("n1", "") + ", Negotiate")));

        assertThatThrownBy(() -> open(stub))
                .isInstanceOf(ConnectRefused.class)
                .hasMessageContaining("did not take the proxy user and password");
        assertThat(stub.heads()).hasSize(2).noneMatch(head -> head.contains("Basic"));
    }

    @Test
    void aSchemeThatIsPluggedInGoesFirstAndAllItsLegsAreOnOneConnection() throws IOException {
        HostileProxy stub = proxy((head, to) -> switch (String.valueOf(authorization(head))) {
            case "null" -> stays(to, keeps("Negotiate, Basic realm=\"office\""));
            case "Negotiate one" -> stays(to, keeps("Negotiate more=="));
            case "Negotiate two after more==" -> let(to);
            default -> leaves(to, "HTTP/1.1 400 Bad\r\n\r\n");
        });
        HttpProxy withTicket = new HttpProxy(stub.address(), ProxyCredentials.of("user", "secret"))
                .answering(() -> new ProxyScheme() {
                    @Override
                    public String name() {
                        return "Negotiate";
                    }

                    @Override
                    public String answer(HostPort proxyAddress, String token) {
                        return token.isEmpty() ? "one" : "two after " + token;
                    }
                });

        open(withTicket).close();

        assertThat(stub.heads()).hasSize(3).allMatch(head -> head.startsWith("1 "));
    }

    private static @Nullable String authorization(String head) {
        return head.lines()
                .filter(line -> line.startsWith("Proxy-Authorization: "))
                .map(line -> line.substring("Proxy-Authorization: ".length()))
                .findFirst()
                .orElse(null);
    }

    private static boolean stays(Answering to, String reply) throws IOException {
        to.say(reply);
        return true;
    }

    private static boolean leaves(Answering to, String reply) throws IOException {
        to.say(reply);
        return false;
    }

    private static boolean let(Answering to) throws IOException {
        to.say(OK);
        return to.tunnel();
    }
}

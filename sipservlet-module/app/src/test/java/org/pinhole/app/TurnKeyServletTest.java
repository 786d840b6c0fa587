package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import javax.servlet.ServletException;
import javax.servlet.ServletInputStream;
import javax.servlet.ServletOutputStream;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.memory.MemoryBindingStore;

/** The rim of the key look-up, over a users file and a whole wiring. */
@Tag("T-8")
class TurnKeyServletTest {
    private final Map<String, String> requestHeaders = new HashMap<>();
    private final Map<String, String> headers = new HashMap<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final Map<String, String> settings = new HashMap<>();
    private String method = "POST";
    private String remote = "127.0.0.1";
    private byte[] question = utf8("{\"username\":\"alice\",\"realm\":\"pinhole.test\"}");
    private int status;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @BeforeEach
    void theTokenIsKnown() throws Exception {
        Path token = Files.write(folder.resolve("token"), utf8("0123456789abcdef\n"));
        settings.put("pinhole.digest.realm", "pinhole.test");
        settings.put("pinhole.turn.key-lookup-token-file", token.toString());
        users("/vectors/pinhole.users");
        requestHeaders.put("authorization", "Bearer 0123456789abcdef");
    }

    @Test
    void thisHostIsToldTheKeysOfAUser() throws Exception {
        ask();

        assertThat(status).isEqualTo(200);
        assertThat(headers)
                .containsEntry("Content-Type", "application/json")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("Content-Length", String.valueOf(body.size()));
        assertThat(answered())
                .isEqualTo("{\"md5\":\"f706a55521756a282d1b85050c5e0c14\",\"sha-256\":"
                        + "\"e88131792d9374e4912481e22d41aebc9075845b5ae72ca809bbb4cc5c875450\"}");
    }

    @Test
    void anUnknownUserIs404WithoutABody() throws Exception {
        question = utf8("{\"username\":\"mallory\",\"realm\":\"pinhole.test\"}");

        ask();

        assertThat(status).isEqualTo(404);
        assertThat(answered()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.7", "10.0.0.1", "::2", "fe80::1", "localhost", ""})
    void nobodyElseIsToldAnything(String address) throws Exception {
        remote = address;

        ask();

        assertThat(status).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-forwarded-for", "forwarded", "via"})
    void whatAProxyOnThisHostPassedOnIsNotFromThisHost(String header) throws Exception {
        requestHeaders.put(header, "127.0.0.1");

        ask();

        assertThat(status).isEqualTo(403);
    }

    @Test
    void withoutTheTokenIs401() throws Exception {
        requestHeaders.put("authorization", "Bearer 0123456789abcdee");

        ask();

        assertThat(status).isEqualTo(401);
        assertThat(headers).containsEntry("WWW-Authenticate", "Bearer");
        assertThat(answered()).doesNotContain("0123456789");
    }

    @Test
    void anotherMethodIs405() throws Exception {
        method = "GET";

        ask();

        assertThat(status).isEqualTo(405);
        assertThat(headers).containsEntry("Allow", "POST");
    }

    @Test
    void noJsonIs400() throws Exception {
        question = utf8("username=alice");

        ask();

        assertThat(status).isEqualTo(400);
    }

    @Test
    void aQuestionMayFillTheBoundAndNoMore() throws Exception {
        question = utf8(String.format("%-4096s", "{\"username\":\"alice\",\"realm\":\"pinhole.test\"}"));
        ask();
        assertThat(status).isEqualTo(200);
        question = utf8(String.format("%-4097s", "{\"username\":\"alice\",\"realm\":\"pinhole.test\"}"));
        ask();
        assertThat(status).isEqualTo(413);
    }

    @Test
    void usersThatCannotBeReadAreAskedForAgainLater() throws Exception {
        settings.put("pinhole.credentials", "file:" + folder.resolve("absent"));

        ask();

        assertThat(status).isEqualTo(503);
        assertThat(headers).containsKey("Retry-After");
    }

    @Test
    void withoutATokenFileNobodyMayAsk() throws Exception {
        settings.remove("pinhole.turn.key-lookup-token-file");

        ask();

        assertThat(status).isEqualTo(503);
        assertThat(answered()).contains("pinhole.turn.key-lookup-token-file");
    }

    private void users(String resource) throws Exception {
        settings.put(
                "pinhole.credentials",
                "file:"
                        + Paths.get(
                                TurnKeyServletTest.class.getResource(resource).toURI()));
    }

    private void ask() throws ServletException, IOException {
        HandClock clock = new HandClock();
        EdgeWiring wiring = new EdgeWiring(new FakeFlows(), new MemoryBindingStore(1, clock), clock);
        wiring.prepare(settings);
        ServletContext context = fake(
                ServletContext.class,
                (self, called, arguments) -> called.getName().equals("getAttribute") ? wiring : null);
        TurnKeyServlet servlet = new TurnKeyServlet();
        servlet.init(fake(
                ServletConfig.class,
                (self, called, arguments) -> called.getName().equals("getServletContext") ? context : null));
        body.reset();
        servlet.service(request(), response());
        wiring.close();
    }

    private HttpServletRequest request() {
        return fake(HttpServletRequest.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "getMethod":
                    return method;
                case "getRemoteAddr":
                    return remote;
                case "getHeader":
                    return requestHeaders.get(String.valueOf(arguments[0]).toLowerCase(Locale.ROOT));
                case "getInputStream":
                    return in(new ByteArrayInputStream(question));
                default:
                    throw new UnsupportedOperationException(called.getName());
            }
        });
    }

    private HttpServletResponse response() {
        return fake(HttpServletResponse.class, (self, called, arguments) -> {
            switch (called.getName()) {
                case "setStatus":
                    status = (Integer) arguments[0];
                    return null;
                case "setHeader":
                    return headers.put(String.valueOf(arguments[0]), String.valueOf(arguments[1]));
                case "setContentType":
                    return headers.put("Content-Type", String.valueOf(arguments[0]));
                case "setContentLength":
                    return headers.put("Content-Length", String.valueOf(arguments[0]));
                case "getOutputStream":
                    return out(body);
                default:
                    throw new UnsupportedOperationException(called.getName());
            }
        });
    }

    private static ServletInputStream in(InputStream bytes) {
        return new ServletInputStream() {
            @Override
            public int read() throws IOException {
                return bytes.read();
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return bytes.read(into, offset, length);
            }
        };
    }

    private static ServletOutputStream out(ByteArrayOutputStream bytes) {
        return new ServletOutputStream() {
            @Override
            public void write(int b) {
                bytes.write(b);
            }
        };
    }

    private String answered() {
        return new String(body.toByteArray(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

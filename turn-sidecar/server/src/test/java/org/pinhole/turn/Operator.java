package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.allocation.TransportProtocol;

/** Somebody with a token, a config file in which bob is a user, and servers and clients that end with the test. */
final class Operator implements BeforeEachCallback, AfterEachCallback {
    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private Path folder = Path.of("");
    private Path token = folder;
    private Path config = folder;

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("operator");
        token = Files.writeString(folder.resolve("token"), "open-sesame\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        config = Files.writeString(folder.resolve("turn.conf"), "user = bob:builder\n");
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable closeable : open) {
            closeable.close();
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    Path folder() {
        return folder;
    }

    Path token() {
        return token;
    }

    Path config() {
        return config;
    }

    /** It is closed with the test. */
    void ends(AutoCloseable closeable) {
        open.add(closeable);
    }

    LiveServer server(String... more) throws Exception {
        List<String> options = new ArrayList<>(List.of("--tcp-listen=127.0.0.1:0", "--config=" + config));
        options.addAll(List.of("--admin-listen=127.0.0.1:0", "--admin-token-file=" + token));
        options.addAll(List.of(more));
        LiveServer server = LiveServer.start(options.toArray(String[]::new));
        open.add(server);
        return server;
    }

    TestClient tcp(LiveServer server) throws IOException {
        TestClient client =
                TestClient.stream(javax.net.SocketFactory.getDefault(), server.address(TransportProtocol.TCP));
        open.add(0, client);
        return client;
    }

    HttpResponse<String> get(LiveServer server, String path, @Nullable String bearer) throws Exception {
        return send(server, path, bearer, HttpRequest.newBuilder().GET());
    }

    HttpResponse<String> post(LiveServer server, String path, @Nullable String bearer) throws Exception {
        return send(server, path, bearer, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
    }

    /** The number behind a name of the Prometheus page. */
    long metric(LiveServer server, String name) throws Exception {
        return find(server, name).orElseThrow();
    }

    /** The number of what is on the page only once it has happened. */
    long count(LiveServer server, String name) throws Exception {
        return find(server, name).orElse(0);
    }

    private OptionalLong find(LiveServer server, String name) throws Exception {
        return get(server, "/metrics", "open-sesame")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst();
    }

    private HttpResponse<String> send(
            LiveServer server, String path, @Nullable String bearer, HttpRequest.Builder request) throws Exception {
        request.uri(URI.create("http://127.0.0.1:" + server.admin().getPort() + path));
        if (bearer != null && !bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    static void assertIsSuccess(StunMessage answer) {
        assertThat(answer.type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    static void assertIsError(int code, StunMessage answer) {
        assertThat(answer.require(ErrorCode.TYPE).code()).isEqualTo(code);
    }
}

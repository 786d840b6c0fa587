package org.pinhole.ue.pac;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.HttpProxy;
import org.pinhole.ue.tunnel.ProxySource;
import org.pinhole.ue.tunnel.TunnelException;

/** The proxies that a PAC script names; it is read, from a file or an http URL, when the first of them is wanted. */
public final class PacProxies implements ProxySource {
    private static final Duration READ = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int OK = 200;

    private final String location;
    private @Nullable PacScript script;

    private PacProxies(String location) {
        this.location = location;
    }

    /** Of the script at this {@code http:} or {@code https:} URL, else in this file. */
    public static PacProxies at(String location) {
        return new PacProxies(location);
    }

    @Override
    public synchronized @Nullable HttpProxy find(HostPort server) throws TunnelException {
        PacScript known = script;
        if (known == null) {
            known = new PacScript(location, read(), PacWorld.ofThisMachine(InstantSource.system()), ANSWER);
            script = known;
        }
        try {
            return PacAnswer.choose(known.ask(server));
        } catch (TunnelException e) {
            String said = String.valueOf(e.getMessage());
            throw said.startsWith("PAC ") ? e : new TunnelException("PAC script " + location + ": " + said, e);
        }
    }

    private String read() throws TunnelException {
        try {
            boolean remote = location.startsWith("http://") || location.startsWith("https://");
            byte[] octets = remote ? fetch(URI.create(location)) : Files.readAllBytes(Path.of(location));
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new TunnelException("PAC script " + location + ": cannot be read: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TunnelException("interrupted", e);
        }
    }

    /** Straight: who says which proxy to use cannot be behind it. All of it within a while, however it drips. */
    private static byte[] fetch(URI uri) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(READ)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(READ).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            CompletableFuture<byte[]> octets = CompletableFuture.supplyAsync(() -> whole(body));
            return require(response.statusCode(), octets.get(READ.toSeconds(), TimeUnit.SECONDS));
        } catch (TimeoutException e) {
            throw new IOException("did not end within " + READ.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("reading failed", e);
        }
    }

    private static byte[] whole(InputStream body) {
        try {
            return body.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] require(int status, byte[] octets) throws IOException {
        if (status != OK || octets.length > MAX_BYTES) {
            throw new IOException("answered " + status + " with " + octets.length + " octets or more");
        }
        return octets;
    }
}

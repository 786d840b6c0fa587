package org.pinhole.turn.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The admin port: HTTP on loopback, every request with the token. On threads of its own, so that it takes nothing from the
 * event loops but the moment in which each says how it is. A request has 5 s to arrive.
 *
 * <pre>
 * GET /metrics   Prometheus      GET /health   the event loops answer     POST /drain?seconds=N
 * GET /status    JSON            GET /ready    and allocations are welcome   POST /reload
 * </pre>
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
    /** A request that does not get finished holds one of them for its 5 s, so there are more than an operator needs. */
    private static final int THREADS = 32;

    private static final long IDLE_SECONDS = 30;
    private static final int BACKLOG = 16;
    private static final Pattern SECONDS = Pattern.compile("seconds=([0-9]{1,9})");
    private static final Duration DRAIN = Duration.ofHours(1);

    static { // read once, when the first server of the process is made: a request that is never finished holds a thread
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
    }

    private final HttpServer http;
    private final ExecutorService threads;
    private final byte[] token;
    private final Operations operations;
    private final ExpositionFormats formats = ExpositionFormats.init();

    private AdminServer(HttpServer http, ExecutorService threads, String token, Operations operations) {
        this.http = http;
        this.threads = threads;
        this.token = token.getBytes(StandardCharsets.UTF_8);
        this.operations = operations;
    }

    /** Binds and serves; the address must be a loopback one, which the caller has checked. */
    public static AdminServer start(InetSocketAddress address, String token, Operations operations) throws IOException {
        HttpServer http = HttpServer.create(address, BACKLOG);
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "turn-admin");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        AdminServer server = new AdminServer(http, threads, token, operations);
        http.setExecutor(threads);
        http.createContext("/", server::serve);
        http.start();
        return server;
    }

    public InetSocketAddress address() {
        return http.getAddress();
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdown();
    }

    private record Answer(int code, String type, ByteArrayOutputStream body) {
        static Answer text(int code, String line) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            body.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
            return new Answer(code, "text/plain; charset=utf-8", body);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange);
            exchange.getResponseHeaders().set("Content-Type", answer.type());
            exchange.sendResponseHeaders(answer.code(), answer.body().size());
            answer.body().writeTo(exchange.getResponseBody());
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        if (!isAllowed(exchange.getRequestHeaders().getFirst("Authorization"))) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
            return Answer.text(401, "the token is missing or wrong: send 'Authorization: Bearer TOKEN'");
        }
        String query = exchange.getRequestURI().getRawQuery();
        try {
            return switch (exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getPath()) {
                case "GET /metrics" -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
                case "GET /status" -> status();
                case "GET /health" -> health();
                case "GET /ready" -> operations.isReady() ? Answer.text(200, "ready") : Answer.text(503, "draining");
                case "POST /drain" -> drain(query == null ? "" : query);
                case "POST /reload" -> Answer.text(200, operations.reload());
                default -> Answer.text(404, "known are GET /metrics, /status, /health, /ready, POST /drain, /reload");
            };
        } catch (OperationFailed e) {
            return Answer.text(503, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error(
                    "admin: {} failed for a reason of our own",
                    exchange.getRequestURI().getPath(),
                    e);
            return Answer.text(500, "internal error, see the log");
        }
    }

    private boolean isAllowed(@Nullable String authorization) {
        return authorization != null
                && authorization.startsWith("Bearer ")
                && MessageDigest.isEqual(
                        token, authorization.substring(7).strip().getBytes(StandardCharsets.UTF_8));
    }

    private Answer metrics(@Nullable String accept) throws IOException, OperationFailed {
        ExpositionFormatWriter format = formats.findWriter(accept);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(out, operations.metrics());
        return new Answer(200, format.getContentType(), out);
    }

    private Answer status() throws IOException, OperationFailed {
        Map<String, String> facts = operations.facts();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        MetricsJson.write(out, facts, operations.metrics());
        return new Answer(200, "application/json", out);
    }

    /** Ready or not: what counts is that the event loops answered. */
    private Answer health() throws OperationFailed {
        boolean unused = operations.isReady();
        return Answer.text(200, "healthy");
    }

    private Answer drain(String query) {
        Matcher seconds = SECONDS.matcher(query);
        if (!query.isEmpty() && !seconds.matches()) {
            return Answer.text(400, "expected seconds=N");
        }
        Duration atMost = query.isEmpty() ? DRAIN : Duration.ofSeconds(Long.parseLong(seconds.group(1)));
        operations.drain(atMost);
        return Answer.text(200, "draining; stops when the last allocation has ended, at the latest after " + atMost);
    }
}

package org.pinhole.turn.auth;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the SIP application for a user's keys, so that the SIP password opens an allocation. Several requests for one user
 * share one question; answers are kept for seconds; what waits is bounded. An application that is down costs its own
 * users a 500 and nobody else anything.
 */
public final class KeyLookup implements KeySource {
    private static final Logger LOG = LoggerFactory.getLogger(KeyLookup.class);
    /** How long an answer may take. */
    public static final Duration WITHIN = Duration.ofSeconds(2);

    /** Requests, each with its message, that may wait for answers at once. */
    private static final int MAX_WAITING = 1024;

    private final URI url;
    private final String token;
    private final String realm;
    private final Duration within;
    private final HttpClient http;
    private final KeyCache cache;
    private final ConcurrentMap<String, CompletableFuture<KeyAnswer>> inFlight = new ConcurrentHashMap<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean available = new AtomicBoolean(true);

    /** One whose answers may take as long as {@code within}. */
    public KeyLookup(URI url, String token, String realm, InstantSource clock, Duration within) {
        this.url = url;
        this.token = token;
        this.realm = realm;
        this.within = within;
        this.cache = new KeyCache(clock);
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(within)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public CompletableFuture<KeyAnswer> find(String username) {
        KeyAnswer cached = cache.find(username);
        if (cached != null) {
            return CompletableFuture.completedFuture(cached);
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE);
        }
        CompletableFuture<KeyAnswer> mine = new CompletableFuture<>();
        CompletableFuture<KeyAnswer> running = inFlight.putIfAbsent(username, mine);
        if (running == null) {
            ask(username, mine);
        }
        return (running == null ? mine : running).whenComplete((answer, never) -> waiting.decrementAndGet());
    }

    private void ask(String username, CompletableFuture<KeyAnswer> result) {
        HttpRequest question = HttpRequest.newBuilder(url)
                .timeout(within)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(KeyLookupProtocol.question(username, realm)))
                .build();
        var unused = http.sendAsync(question, HttpResponse.BodyHandlers.ofByteArray())
                .whenComplete((response, failure) -> {
                    KeyAnswer answer = read(response, failure);
                    cache.put(username, answer);
                    inFlight.remove(username);
                    result.complete(answer);
                });
    }

    private KeyAnswer read(@Nullable HttpResponse<byte[]> response, @Nullable Throwable failure) {
        if (response == null) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            return unavailable(String.valueOf(cause));
        }
        try {
            KeyAnswer answer = KeyLookupProtocol.answer(response.statusCode(), response.body());
            if (available.compareAndSet(false, true)) {
                LOG.info("key look-up at {} answers again", url);
            }
            return answer;
        } catch (IOException e) {
            return unavailable(e.toString());
        }
    }

    private KeyAnswer unavailable(String reason) {
        if (available.compareAndSet(true, false)) {
            LOG.warn("key look-up at {} fails, SIP users get 500 until it answers: {}", url, reason);
        }
        return KeyAnswer.UNAVAILABLE;
    }
}

package org.pinhole.turn.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The look-up against a real HTTP server on loopback that stands for the SIP application. */
@Tag("T-8")
class KeyLookupTest {
    private final VectorFile vectors = VectorFile.read();
    private final HandClock clock = new HandClock();
    private final BlockingQueue<String> asked = new LinkedBlockingQueue<>();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private int status = 200;
    private HttpServer application;
    private KeyLookup lookup;

    @BeforeEach
    void start() throws IOException {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/turn-key", exchange -> {
            asked.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            exchange.getRequestHeaders().getFirst("Content-Type"),
                            new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            try {
                mayAnswer.await(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            byte[] body =
                    vectors.list("key-lookup", "answers").get(0).get("body").getBytes(UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        application.start();
        lookup = lookup(application.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        application.stop(0);
    }

    @Test
    void theQuestionIsTheOneOfTheVectors() {
        mayAnswer.countDown();

        KeyAnswer answer = lookup.find("alice").join();

        VectorFile.Entry question = vectors.list("key-lookup", "questions").get(0);
        assertThat(answer).isInstanceOf(KeyAnswer.Known.class);
        assertThat(asked)
                .containsExactly("%s %s %s %s"
                        .formatted(
                                question.get("method"),
                                question.get("authorization"),
                                question.get("content-type"),
                                question.get("body")));
    }

    @Test
    void requestsForOneUserShareOneQuestion() {
        List<CompletableFuture<KeyAnswer>> answers = List.of(lookup.find("alice"), lookup.find("alice"));

        mayAnswer.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(KeyAnswer.Known.class));
        assertThat(asked).hasSize(1);
    }

    @Test
    void anAnswerIsKeptForSeconds() {
        mayAnswer.countDown();
        lookup.find("alice").join();

        lookup.find("alice").join();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofSeconds(5));
        lookup.find("alice").join();
        assertThat(asked).hasSize(2);
    }

    @Test
    void a404IsAnUnknownUser() {
        status = 404;
        mayAnswer.countDown();

        assertThat(lookup.find("mallory").join()).isEqualTo(KeyAnswer.UNKNOWN);
    }

    /** Else the time of a second answer would tell which names there are. */
    @Test
    void anUnknownNameIsKeptAsLongAsAKnownOne() {
        status = 404;
        mayAnswer.countDown();
        lookup.find("mallory").join();

        clock.advance(Duration.ofMillis(4_999));
        lookup.find("mallory").join();
        assertThat(asked).hasSize(1);
        clock.advance(Duration.ofMillis(1));
        lookup.find("mallory").join();
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusedTokenIsNotAWrongPassword() {
        status = 401;
        mayAnswer.countDown();

        assertThat(lookup.find("alice").join()).isEqualTo(KeyAnswer.UNAVAILABLE);
    }

    @Test
    void anApplicationThatIsDownIsUnavailableAndAskedAgain() throws IOException {
        try (Socket deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and does not listen

            assertThat(lookup(deaf.getLocalPort()).find("alice").join()).isEqualTo(KeyAnswer.UNAVAILABLE);
        }
    }

    private KeyLookup lookup(int port) {
        String token = vectors.list("key-lookup", "questions").get(0).get("authorization");
        return new KeyLookup(
                URI.create("http://127.0.0.1:%d/turn-key".formatted(port)),
                token.substring("Bearer ".length()),
                vectors.realm(),
                clock,
                Duration.ofMinutes(1));
    }
}

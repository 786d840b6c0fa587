package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;

@Tag("U-10")
class PacedQuestionsTest {
    private static final Duration WITHIN = Duration.ofSeconds(5);

    private final HandLoop loop = new HandLoop();
    private final Pace pace = new Pace();
    private final Map<String, Instant> begun = new LinkedHashMap<>();
    private final Map<String, CompletableFuture<List<Found>>> asked = new LinkedHashMap<>();

    private PacedQuestions questions(String... names) {
        PacedQuestions questions = new PacedQuestions(loop, pace, WITHIN, GatherPlan.AFTER_A_RELAY);
        for (String name : names) {
            questions.add(name, answer -> {
                begun.put(name, loop.now());
                asked.put(name, answer);
            });
        }
        return questions;
    }

    private void answer(String name, Found... found) {
        CompletableFuture<List<Found>> waiting = asked.get(name);
        assertThat(waiting).as(name).isNotNull();
        waiting.complete(List.of(found));
    }

    private static Found found(String address) {
        return Found.host(new SilentBase(), IceTransport.UDP, IceNetwork.address(address));
    }

    private static List<InetSocketAddress> addresses(PacedQuestions.Answers answers) {
        return answers.found().stream().map(Found::address).toList();
    }

    @Test
    void eachBeginsTaAfterTheOneBeforeAndWaitsForNoAnswer() {
        CompletableFuture<PacedQuestions.Answers> unanswered =
                questions("a", "b", "c", "d").begin();

        loop.pass(Duration.ofSeconds(1));

        assertThat(unanswered).isNotDone();

        assertThat(begun.keySet()).containsExactly("a", "b", "c", "d");
        List<Instant> times = new ArrayList<>(begun.values());
        assertThat(times.get(0)).isEqualTo(Instant.EPOCH);
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i)))
                    .isBetween(Duration.ofMillis(50), Duration.ofMillis(52));
        }
    }

    @Test
    void twoStreamsOfASessionShareThePaceAndTakeTurns() {
        List<CompletableFuture<?>> unanswered = List.of(
                questions("audio 1", "audio 2", "audio 3").begin(),
                questions("message 1", "message 2", "message 3").begin());

        loop.pass(Duration.ofSeconds(1));

        assertThat(unanswered).noneMatch(CompletableFuture::isDone);
        assertThat(begun.keySet())
                .containsExactly("audio 1", "message 1", "audio 2", "message 2", "audio 3", "message 3");
        List<Instant> times = new ArrayList<>(begun.values());
        for (int i = 1; i < times.size(); i++) {
            assertThat(Duration.between(times.get(i - 1), times.get(i))).isGreaterThanOrEqualTo(Pace.TA);
        }
    }

    @Test
    void whatWasFoundComesInTheOrderOfTheQuestionsAsSoonAsTheLastIsAnswered() {
        CompletableFuture<PacedQuestions.Answers> done = questions("a", "b").begin();
        loop.pass(Duration.ofMillis(100));

        answer("b", found("192.0.2.2:2"));
        assertThat(done).isNotDone();
        answer("a", found("192.0.2.1:1"));

        assertThat(done).isCompleted();
        assertThat(addresses(done.join()))
                .containsExactly(IceNetwork.address("192.0.2.1:1"), IceNetwork.address("192.0.2.2:2"));
        assertThat(done.join().refusals()).isEmpty();
    }

    @Test
    void whoIsSilentIsGivenUpAndCostsTheOthersNothing() {
        CompletableFuture<PacedQuestions.Answers> done =
                questions("silent", "there").begin();
        loop.pass(Duration.ofMillis(100));
        answer("there", found("192.0.2.1:1"));

        loop.pass(WITHIN.minusMillis(101));
        assertThat(done).isNotDone();
        loop.pass(Duration.ofMillis(1));

        assertThat(done).isCompleted();
        assertThat(addresses(done.join())).containsExactly(IceNetwork.address("192.0.2.1:1"));
        assertThat(done.join().refusals()).containsExactly("silent: no answer within 5 s");
        assertThat(asked.get("silent"))
                .as("so that what comes late is given back")
                .isDone();
    }

    @Test
    void onceARelayStandsTheOthersHaveTwoSecondsMore() {
        CompletableFuture<PacedQuestions.Answers> done =
                questions("swallowed", "there").begin();
        loop.pass(Duration.ofMillis(100));
        answer("there", relay("203.0.113.11:50000"));

        loop.pass(Duration.ofMillis(1999));
        assertThat(done).isNotDone();
        loop.pass(Duration.ofMillis(1));

        assertThat(done).isCompleted();
        assertThat(done.join().found()).hasSize(1);
        assertThat(done.join().refusals()).containsExactly("swallowed: no answer within 2 s of another's relay");
    }

    private static Found relay(String address) {
        return new Found(
                new SilentBase(),
                IceTransport.UDP,
                CandidateType.RELAYED,
                IceNetwork.address(address),
                null,
                "turns:there");
    }

    @Test
    void aServerThatRefusesEverythingIsToldOnce() {
        PacedQuestions questions = questions("turn:y");
        for (int i = 0; i < 2; i++) {
            questions.add("turn:x", answer -> answer.completeExceptionally(new IOException("401")));
        }
        CompletableFuture<PacedQuestions.Answers> done = questions.begin();
        loop.pass(Duration.ofMillis(200));

        answer("turn:y");

        assertThat(done.join().refusals()).containsExactly("turn:x: 401");
    }

    @Test
    void whereThereIsNobodyToAskItIsDoneAtOnce() {
        assertThat(questions().begin()).isCompleted();
    }
}

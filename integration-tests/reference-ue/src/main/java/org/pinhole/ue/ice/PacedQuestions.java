package org.pinhole.ue.ice;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.pinhole.ue.loop.UeLoop;

/**
 * Questions to servers, begun one Ta after the other without waiting for answers, and given up all at once (RFC 8445
 * §5.1.1, §14.2). Lives on the loop.
 */
final class PacedQuestions {
    /** Fills in the answer, on any thread, without blocking the loop; one that is done already was given up. */
    interface Question {
        void ask(CompletableFuture<List<Found>> answer);
    }

    /**
     * What came of all of them, in the order of the questions.
     *
     * @param refusals one line for each that failed or was given up
     */
    record Answers(List<Found> found, List<String> refusals) {}

    private record Asked(String name, Question question, CompletableFuture<List<Found>> answer) {}

    private final UeLoop loop;
    private final Pace pace;
    private final Duration within;
    private final Duration afterARelay;
    private final List<Asked> all = new ArrayList<>();
    private final Deque<Asked> waiting = new ArrayDeque<>();
    private boolean hurried;

    PacedQuestions(UeLoop loop, Pace pace, Duration within, Duration afterARelay) {
        this.loop = loop;
        this.pace = pace;
        this.within = within;
        this.afterARelay = afterARelay;
    }

    /** One more, before {@link #begin}. */
    void add(String name, Question question) {
        all.add(new Asked(name, question, new CompletableFuture<>()));
    }

    /** Begins; done when the last is answered or all are given up. Any thread. */
    CompletableFuture<Answers> begin() {
        waiting.addAll(all);
        loop.execute(this::next);
        UeLoop.Timer end = loop.schedule(within, () -> giveUp("no answer within " + within.toSeconds() + " s"));
        all.forEach(this::hurryOnceItIsARelay);
        return CompletableFuture.allOf(all.stream().map(Asked::answer).toArray(CompletableFuture[]::new))
                .handle((done, failure) -> {
                    end.cancel();
                    return answers();
                });
    }

    private void hurryOnceItIsARelay(Asked one) {
        CompletableFuture<Void> unused = one.answer().thenAccept(found -> {
            if (found.stream().anyMatch(each -> each.type() == CandidateType.RELAYED)) {
                loop.execute(this::hurry);
            }
        });
    }

    private void next() {
        Instant now = loop.now();
        if (!waiting.isEmpty() && pace.take(this, now)) {
            Asked begun = waiting.remove();
            begun.question().ask(begun.answer());
        }
        if (!waiting.isEmpty()) {
            loop.schedule(Duration.between(now, pace.next(this)), this::next);
        }
    }

    /** With a relay there is a way; a call is not kept waiting for others that a firewall swallows. */
    private void hurry() {
        if (!hurried) {
            hurried = true;
            loop.schedule(
                    afterARelay, () -> giveUp("no answer within " + afterARelay.toSeconds() + " s of another's relay"));
        }
    }

    private void giveUp(String reason) {
        waiting.clear();
        all.forEach(one -> one.answer().completeExceptionally(new IOException(reason)));
    }

    private Answers answers() {
        List<Found> found = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (Asked one : all) {
            try {
                found.addAll(one.answer().join());
            } catch (CompletionException e) {
                Throwable cause = e.getCause();
                refusals.add(one.name() + ": " + (cause == null ? e.toString() : cause.getMessage()));
            }
        }
        return new Answers(found, refusals.stream().distinct().toList());
    }
}

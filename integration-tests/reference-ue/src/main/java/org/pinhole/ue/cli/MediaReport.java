package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.ice.CandidatePair;
import org.pinhole.ue.rtp.RtpFigures;
import org.pinhole.ue.sip.SipFailure;

/** Tells what the media of one call do, and waits for it. */
final class MediaReport implements CallListener {
    private static final Duration STREAM = Duration.ofSeconds(60);
    private static final Duration REPORT = Duration.ofSeconds(32);
    private static final int OK = 200;

    private final BiConsumer<String, String> say;
    private final Map<String, CompletableFuture<CandidatePair>> streams = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Integer>> reports = new ConcurrentHashMap<>();

    MediaReport(BiConsumer<String, String> say) {
        this.say = say;
    }

    void say(String step, String seen) {
        say.accept(step, seen);
    }

    @Override
    public void connected(String stream, CandidatePair pair) {
        say.accept("ICE " + stream, pair.toString());
        stream(stream).complete(pair);
    }

    @Override
    public void failed(String stream, String reason) {
        say.accept("ICE " + stream, "FAILED: " + reason);
        CompletableFuture<CandidatePair> known = stream(stream);
        SipFailure failure = new SipFailure(stream + ": " + reason);
        if (!known.completeExceptionally(failure)) {
            CompletableFuture<CandidatePair> gone = new CompletableFuture<>();
            gone.completeExceptionally(failure);
            streams.put(stream, gone);
        }
    }

    @Override
    public void message(String text) {
        say.accept("message", "received: " + text);
    }

    @Override
    public void delivered(String messageId, int status) {
        report(messageId).complete(status);
    }

    private CompletableFuture<CandidatePair> stream(String name) {
        return streams.computeIfAbsent(name, key -> new CompletableFuture<>());
    }

    private CompletableFuture<Integer> report(String id) {
        return reports.computeIfAbsent(id, key -> new CompletableFuture<>());
    }

    /** Waits until every stream stands; fails with the reason of the first that does not. */
    void awaitStreams(List<String> names) throws SipFailure {
        for (String name : names) {
            await(stream(name), STREAM, name + " to be connected");
        }
    }

    /** Sends a message and waits for the report on it. */
    void sendMessage(MediaCall call, String text) throws IOException {
        int status = await(report(call.send(text)), REPORT, "a report on the message");
        say.accept("message", "sent, " + (status == OK ? "delivered" : "refused with " + status));
        if (status != OK) {
            throw new SipFailure("the message was refused with " + status);
        }
    }

    /** Tells the figures of each medium; fails when one of them got nothing. */
    void figures(MediaCall call) throws IOException {
        String silent = null;
        for (Map.Entry<String, RtpFigures> one : call.figures().entrySet()) {
            say.accept(one.getKey(), one.getValue().toString());
            silent = one.getValue().received() == 0 ? one.getKey() : silent;
        }
        if (silent != null) {
            throw new SipFailure("nothing came of the far end's " + silent);
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration limit, String what) throws SipFailure {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new SipFailure(cause == null ? e.toString() : String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new SipFailure("waited " + limit.toSeconds() + " s in vain for " + what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SipFailure("interrupted", e);
        }
    }
}

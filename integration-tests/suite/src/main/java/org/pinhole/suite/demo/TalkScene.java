package org.pinhole.suite.demo;

import static org.pinhole.suite.demo.Script.expect;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.Media;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.rtp.RtpFigures;
import org.pinhole.ue.sip.OutgoingCall;

/** A call with media, through relays only: what is heard, and what is written. */
final class TalkScene implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration ANSWERED = Duration.ofSeconds(60);
    private static final int TALK_SECONDS = 3;

    private final MediaPhone caller;
    private final MediaPhone callee;
    private final Media media;
    private final MediaEnd heardByCaller = new MediaEnd();
    private @Nullable MediaCall callers;
    private @Nullable OutgoingCall call;

    TalkScene(MediaPhone caller, MediaPhone callee, Media media) {
        this.caller = caller;
        this.callee = callee;
        this.media = media;
    }

    /** INVITE with an offer, 200 with an answer, and ICE finds the way for each stream. */
    String connect() throws IOException, StepFailed {
        MediaCall ours = MediaCall.offering(media, caller.plan(), heardByCaller);
        callers = ours;
        OutgoingCall begun = caller.agent().call(callee.aor(), ours.description());
        call = begun;
        ours.answered(begun.awaitAnswered(ANSWERED).response().bodyText());
        StringBuilder seen = new StringBuilder();
        for (int i = 0; i < ours.streams().size(); i++) {
            seen.append(seen.isEmpty() ? "" : "; ").append(heardByCaller.stream());
            callee.heard().stream();
        }
        return expect(seen.toString().contains("relay"), seen.toString());
    }

    /** Some seconds of it, both ways; and more of them when no report on it has come by then. */
    String talk() throws IOException, StepFailed {
        Map<String, RtpFigures> figures = Map.of();
        for (int seconds = 0;
                seconds < TALK_SECONDS || (seconds < SOON.toSeconds() && !reportedOn(figures));
                seconds++) {
            pause();
            figures = callers().figures();
        }
        StringBuilder seen = new StringBuilder();
        boolean heard = reportedOn(figures);
        for (Map.Entry<String, RtpFigures> one : figures.entrySet()) {
            seen.append(seen.isEmpty() ? "" : "; ")
                    .append(one.getKey())
                    .append(' ')
                    .append(one.getValue());
            Integer lost = one.getValue().lostOnTheWayOut();
            heard &= lost != null && lost < one.getValue().sent() / 2;
        }
        return expect(heard, seen.toString());
    }

    private static boolean reportedOn(Map<String, RtpFigures> figures) {
        return !figures.isEmpty()
                && figures.values().stream().allMatch(one -> one.received() > 0 && one.lostOnTheWayOut() != null);
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** A message each way, and the report on each. */
    String write() throws IOException, StepFailed {
        callers().send("Hello, Bob");
        String there = callee.heard().message();
        String report = heardByCaller.report();
        callee.media().send("Hello, Alice");
        String back = heardByCaller.message();
        String reportBack = callee.heard().report();
        return expect(
                report.equals("200") && reportBack.equals("200"),
                "'" + there + "' there, REPORT " + report + "; '" + back + "' back, REPORT " + reportBack);
    }

    String hangUp() throws IOException, StepFailed {
        OutgoingCall begun = call;
        if (begun == null) {
            throw new StepFailed("no call was made");
        }
        return begun.hangUp(SOON).startLine();
    }

    private MediaCall callers() throws StepFailed {
        MediaCall ours = callers;
        if (ours == null) {
            throw new StepFailed("no call was made");
        }
        return ours;
    }

    @Override
    public void close() {
        if (callers != null) {
            callers.close();
        }
    }
}

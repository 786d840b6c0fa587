package org.pinhole.ue.call;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.ice.Candidate;
import org.pinhole.ue.ice.CandidatePair;
import org.pinhole.ue.ice.GatherPlan;
import org.pinhole.ue.ice.Gathered;
import org.pinhole.ue.ice.Gatherer;
import org.pinhole.ue.ice.IceCredentials;
import org.pinhole.ue.ice.IceStream;
import org.pinhole.ue.ice.Pace;
import org.pinhole.ue.loop.ThreadLoop;
import org.pinhole.ue.msrp.MsrpSession;
import org.pinhole.ue.rtp.RtpFigures;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SessionDescription;

/**
 * The media of one call, from the offer to the end. Methods may be called from any thread but the call's own; those that
 * gather block for as long as the plan says.
 */
public final class MediaCall implements AutoCloseable {
    private static final Duration LOOP = Duration.ofSeconds(10);

    private final SecureRandom random = new SecureRandom();
    private final ThreadLoop loop = new ThreadLoop("ue-media", InstantSource.system());
    private final Pace pace = new Pace();
    private final Describer describer;
    private final CallListener listener;
    private final boolean offering;
    private final RtpLeg rtpLeg;
    private final MessageLeg messageLeg;
    private final @Nullable IceStream rtp;
    private final @Nullable IceStream messages;
    private final @Nullable String path;
    private final List<String> refusals;
    private String description = "";
    private volatile boolean video;
    private volatile @Nullable String theirPath;

    private MediaCall(Media media, GatherPlan plan, boolean offering, CallListener listener) throws IOException {
        Gatherer gatherer = new Gatherer(plan, loop, pace, random);
        CompletableFuture<Gathered> ofAudio = media.audio() ? gatherer.datagrams() : null;
        CompletableFuture<Gathered> ofMessages = media.messages() ? gatherer.streams() : null;
        Duration within = LOOP.plus(plan.within());
        Gathered datagrams = ofAudio == null ? null : join(ofAudio, within);
        Gathered streams = ofMessages == null ? null : join(ofMessages, within);
        this.describer = new Describer(InstantSource.system().instant().getEpochSecond());
        this.listener = listener;
        this.offering = offering;
        this.video = media.video();
        this.rtpLeg = new RtpLeg(loop, random);
        this.messageLeg = new MessageLeg(random, listener);
        this.rtp = datagrams == null ? null : stream(datagrams, new RtpStreamListener());
        this.messages = streams == null ? null : stream(streams, new MessageStreamListener());
        this.path = messages == null
                ? null
                : MsrpSession.path(Describer.address(messages), Describer.port(messages), random);
        this.refusals = Stream.of(datagrams, streams)
                .filter(Objects::nonNull)
                .flatMap(gathered -> gathered.refusals().stream())
                .distinct()
                .toList();
    }

    private IceStream stream(Gathered gathered, IceStream.Listener to) {
        return new IceStream(loop, gathered, offering, pace, random, to);
    }

    /** Gathers, and describes what is to be offered. */
    public static MediaCall offering(Media media, GatherPlan plan, CallListener listener) throws IOException {
        MediaCall call = new MediaCall(media, plan, true, listener);
        call.description = call.describer
                .offer(call.rtp, media.video(), call.messages, call.path)
                .write();
        return call;
    }

    /** Gathers for what the offer has that this UE can do, describes it, and begins to check. */
    public static MediaCall answering(String offer, GatherPlan plan, CallListener listener) throws IOException {
        OfferedMedia offered = OfferedMedia.of(SessionDescription.parse(offer));
        if (offered.audio() == null && offered.messages() == null) {
            throw new IOException("nothing of the offer can be answered: " + String.join("; ", offered.passedOver()));
        }
        Media media = new Media(offered.audio() != null, offered.video() != null, offered.messages() != null);
        MediaCall call = new MediaCall(media, plan, false, listener);
        call.description = call.describer
                .answer(offered, call.rtp, call.messages, call.path)
                .write();
        call.begin(offered);
        return call;
    }

    /** The names of the streams that were offered, or that are answered. */
    public List<String> streams() {
        List<String> names = new ArrayList<>();
        if (rtp != null) {
            names.add(Describer.AUDIO);
        }
        if (messages != null) {
            names.add(Describer.MESSAGE);
        }
        return names;
    }

    /** Our offer, or our answer. */
    public String description() {
        return description;
    }

    /** One line for each server or address that gave no candidate. */
    public List<String> refusals() {
        return refusals;
    }

    /** What the far end answered to our offer; the checks begin. What it declined is told as failed. */
    public void answered(String answer) throws IOException {
        OfferedMedia accepted = OfferedMedia.of(SessionDescription.parse(answer));
        video = video && accepted.video() != null;
        begin(accepted);
    }

    private void begin(OfferedMedia accepted) throws IOException {
        MediaDescription theirMessages = accepted.messages();
        theirPath = theirMessages == null ? null : theirMessages.attributes().find("path");
        start(rtp, Describer.AUDIO, accepted, accepted.audio());
        start(messages, Describer.MESSAGE, accepted, theirMessages);
    }

    private void start(
            @Nullable IceStream stream, String name, OfferedMedia accepted, @Nullable MediaDescription medium)
            throws IOException {
        if (stream == null) {
            return;
        }
        IceCredentials theirs = medium == null ? null : IceSection.credentials(accepted.description(), medium);
        if (medium == null || theirs == null) {
            stream.close();
            listener.failed(name, "the far end does not take it: " + String.join("; ", accepted.passedOver()));
            return;
        }
        List<Candidate> candidates = IceSection.candidates(medium);
        stream.start(theirs, candidates);
    }

    /** From now on nothing is sent on the RTP streams (U-14). */
    public void mute() {
        loop.execute(rtpLeg::mute);
    }

    /** Sends again. */
    public void unmute() {
        loop.execute(rtpLeg::unmute);
    }

    /** Sends a message over MSRP; its id, which {@link CallListener#delivered} names again. */
    public String send(String text) throws IOException {
        CompletableFuture<String> id = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                id.complete(messageLeg.send(text));
            } catch (IOException e) {
                id.completeExceptionally(e);
            }
        });
        return join(id, LOOP);
    }

    /** What became of each medium, by name. */
    public Map<String, RtpFigures> figures() throws IOException {
        CompletableFuture<Map<String, RtpFigures>> figures = new CompletableFuture<>();
        loop.execute(() -> figures.complete(rtpLeg.figures()));
        return join(figures, LOOP);
    }

    private static <T> T join(CompletableFuture<T> future, Duration within) throws IOException {
        try {
            return future.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            throw new IOException(cause == null ? e.toString() : String.valueOf(cause.getMessage()), e);
        } catch (TimeoutException e) {
            throw new IOException("the call was closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        loop.execute(rtpLeg::stop);
        if (rtp != null) {
            rtp.close();
        }
        if (messages != null) {
            messages.close();
        }
        loop.execute(loop::close);
    }

    private final class RtpStreamListener implements IceStream.Listener {
        @Override
        public void connected(CandidatePair pair) {
            listener.connected(Describer.AUDIO, pair);
            if (rtp != null) {
                rtpLeg.start(rtp, video);
            }
        }

        @Override
        public void data(byte[] frame) {
            rtpLeg.receive(frame);
        }

        @Override
        public void failed(String reason) {
            rtpLeg.stop();
            listener.failed(Describer.AUDIO, reason);
        }
    }

    private final class MessageStreamListener implements IceStream.Listener {
        @Override
        public void connected(CandidatePair pair) {
            String theirs = theirPath;
            if (messages != null && path != null && theirs != null) {
                messageLeg.start(messages, path, theirs, offering);
            }
            listener.connected(Describer.MESSAGE, pair);
        }

        @Override
        public void data(byte[] frame) {
            messageLeg.receive(frame);
        }

        @Override
        public void failed(String reason) {
            listener.failed(Describer.MESSAGE, reason);
        }
    }
}

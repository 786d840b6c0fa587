package org.pinhole.ue.call;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.ice.IceStream;
import org.pinhole.ue.loop.UeLoop;
import org.pinhole.ue.rtp.PictureSource;
import org.pinhole.ue.rtp.RtpFigures;
import org.pinhole.ue.rtp.RtpSource;
import org.pinhole.ue.rtp.RtpStream;
import org.pinhole.ue.rtp.ToneSource;

/** The RTP of a call: all media on one stream, sent when they are due (U-13). Lives on the loop. */
final class RtpLeg {
    private static final int HERTZ = 440;

    private final UeLoop loop;
    private final RandomGenerator random;
    private final Map<String, RtpStream> streams = new LinkedHashMap<>();
    private @Nullable IceStream way;
    private UeLoop.@Nullable Timer timer;
    private boolean muted;

    RtpLeg(UeLoop loop, RandomGenerator random) {
        this.loop = loop;
        this.random = random;
    }

    /** Begins to send on a stream that stands; once. */
    void start(IceStream stream, boolean video) {
        if (way != null) {
            return;
        }
        way = stream;
        String cname = Long.toHexString(random.nextLong());
        add("audio", new ToneSource(HERTZ), cname);
        if (video) {
            add("video", new PictureSource(), cname);
        }
        turn();
    }

    private void add(String name, RtpSource source, String cname) {
        RtpStream stream = new RtpStream(source, cname, random, loop.now());
        if (muted) {
            stream.mute();
        }
        streams.put(name, stream);
    }

    void mute() {
        muted = true;
        streams.values().forEach(RtpStream::mute);
    }

    void unmute() {
        muted = false;
        streams.values().forEach(RtpStream::unmute);
    }

    void receive(byte[] packet) {
        for (RtpStream stream : streams.values()) {
            if (stream.receive(packet, loop.now())) {
                return;
            }
        }
    }

    private void turn() {
        IceStream stream = way;
        if (stream == null) {
            return;
        }
        Instant now = loop.now();
        Instant next = Instant.MAX;
        for (RtpStream one : streams.values()) {
            for (byte[] packet : one.poll(now)) {
                send(stream, packet);
            }
            next = one.due().isBefore(next) ? one.due() : next;
        }
        Duration wait = Duration.between(loop.now(), next);
        timer = loop.schedule(wait.isNegative() ? Duration.ZERO : wait, this::turn);
    }

    private static void send(IceStream stream, byte[] packet) {
        try {
            stream.send(packet);
        } catch (IOException e) {
            // Lost, as any datagram may be; consent tells when the path is gone.
        }
    }

    void stop() {
        UeLoop.Timer last = timer;
        if (last != null) {
            last.cancel();
        }
        way = null;
    }

    Map<String, RtpFigures> figures() {
        Map<String, RtpFigures> figures = new LinkedHashMap<>();
        streams.forEach((name, stream) -> figures.put(name, stream.figures()));
        return figures;
    }
}

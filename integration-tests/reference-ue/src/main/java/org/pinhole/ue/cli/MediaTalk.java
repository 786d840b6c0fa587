package org.pinhole.ue.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.call.MediaCall;
import org.pinhole.ue.sip.Call;

/** The time of a call with media, in which it is muted for a while where that was asked for. */
final class MediaTalk {
    private final MediaOptions media;
    private final BiConsumer<String, String> say;
    private final MediaCall with;
    private final MediaReport seen;

    MediaTalk(MediaOptions media, BiConsumer<String, String> say, MediaCall with, MediaReport seen) {
        this.media = media;
        this.say = say;
        this.with = with;
        this.seen = seen;
    }

    /** Talks for that long; whether the far end hung up before. */
    boolean endedWithin(Call call, Duration limit) throws IOException {
        Duration loud = least(media.muteAfter(), limit);
        if (call.endedWithin(loud)) {
            return true;
        }
        if (loud.compareTo(limit) == 0) {
            return false;
        }
        with.mute();
        say.accept("muted", "nothing is sent but ICE's own");
        seen.figures(with);
        Duration silent = least(media.unmuteAfter(), limit);
        silent = silent.compareTo(loud) < 0 ? limit : silent;
        if (call.endedWithin(silent.minus(loud))) {
            return true;
        }
        if (silent.compareTo(limit) == 0) {
            return false;
        }
        with.unmute();
        say.accept("unmuted", "RTP is sent again");
        return call.endedWithin(limit.minus(silent));
    }

    private static Duration least(@Nullable Duration wanted, Duration limit) {
        return wanted == null || wanted.compareTo(limit) > 0 ? limit : wanted;
    }
}

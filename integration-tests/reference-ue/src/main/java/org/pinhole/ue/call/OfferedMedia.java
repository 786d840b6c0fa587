package org.pinhole.ue.call;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.rtp.PictureSource;
import org.pinhole.ue.rtp.ToneSource;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SessionDescription;

/**
 * Which media of a description this UE can do: the first PCMU audio with rtcp-mux and ICE, the test picture in its bundle,
 * the first MSRP session with ICE.
 *
 * @param passedOver why the others are declined, one line each
 */
record OfferedMedia(
        SessionDescription description,
        @Nullable MediaDescription audio,
        @Nullable MediaDescription video,
        @Nullable MediaDescription messages,
        List<String> passedOver) {
    OfferedMedia {
        passedOver = List.copyOf(passedOver);
    }

    static OfferedMedia of(SessionDescription description) {
        List<String> passedOver = new ArrayList<>();
        MediaDescription audio = null;
        MediaDescription video = null;
        MediaDescription messages = null;
        for (MediaDescription medium : description.media()) {
            String why = whyNot(description, medium, audio);
            if (why != null) {
                passedOver.add(medium.kind() + ": " + why);
            } else if (medium.kind().equals("audio") && audio == null) {
                audio = medium;
            } else if (medium.kind().equals("video") && video == null) {
                video = medium;
            } else if (medium.kind().equals("message") && messages == null) {
                messages = medium;
            } else {
                passedOver.add(medium.kind() + ": one is enough");
            }
        }
        return new OfferedMedia(description, audio, video, messages, passedOver);
    }

    private static @Nullable String whyNot(
            SessionDescription description, MediaDescription medium, @Nullable MediaDescription audio) {
        return switch (medium.kind()) {
            case "audio" -> noAudio(description, medium);
            case "video" -> noVideo(description, medium, audio);
            case "message" -> noMessages(description, medium);
            default -> "this UE does not do it";
        };
    }

    private static @Nullable String noAudio(SessionDescription description, MediaDescription medium) {
        if (medium.port() == 0) {
            return "declined";
        }
        if (!medium.formats().contains(Integer.toString(ToneSource.PAYLOAD_TYPE))) {
            return "no PCMU";
        }
        if (!medium.attributes().has("rtcp-mux")) {
            return "no rtcp-mux, so that RTCP would need a connection of its own";
        }
        return IceSection.credentials(description, medium) == null ? "no ICE" : null;
    }

    private static @Nullable String noVideo(
            SessionDescription description, MediaDescription medium, @Nullable MediaDescription audio) {
        List<String> bundle = description.bundle();
        if (audio == null || !bundle.contains(audio.mid()) || !bundle.contains(medium.mid())) {
            return "not in a bundle with the audio, so that it would need a connection of its own";
        }
        return medium.attributes().all("rtpmap").contains(PictureSource.RTPMAP) ? null : "no raw picture";
    }

    private static @Nullable String noMessages(SessionDescription description, MediaDescription medium) {
        if (medium.port() == 0) {
            return "declined";
        }
        if (!medium.protocol().equals("TCP/MSRP") || medium.attributes().find("path") == null) {
            return "no MSRP over TCP";
        }
        return IceSection.credentials(description, medium) == null ? "no ICE" : null;
    }
}

package org.pinhole.ue.call;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.ice.Candidate;
import org.pinhole.ue.ice.IceStream;
import org.pinhole.ue.rtp.PictureSource;
import org.pinhole.ue.rtp.ToneSource;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SdpAttributes;
import org.pinhole.ue.sdp.SessionDescription;

/** Writes our offers and answers (RFC 3264, 8839, 9143, 4975). Audio, video and messages have these mids, in this order. */
final class Describer {
    static final String AUDIO = "audio";
    static final String VIDEO = "video";
    static final String MESSAGE = "message";

    /** RFC 8843's, for what is in a bundle but has no address of its own. */
    private static final int BUNDLED = 0;

    private static final int DISCARD = 9;
    private static final String NOWHERE = "0.0.0.0";

    private final long id;

    /**
     * A describer of one session.
     *
     * @param id what tells this session from the UE's others
     */
    Describer(long id) {
        this.id = id;
    }

    /** The offer of a session: streams that are null are not offered. */
    SessionDescription offer(
            @Nullable IceStream rtp, boolean video, @Nullable IceStream messages, @Nullable String path) {
        List<MediaDescription> media = new ArrayList<>();
        SdpAttributes session = SdpAttributes.NONE.plus("ice-options", "ice2");
        if (rtp != null) {
            session = session.plus("group", video ? "BUNDLE audio video" : "BUNDLE audio");
            media.add(audio(rtp, AUDIO));
        }
        if (video) {
            media.add(video(VIDEO, BUNDLED, SdpAttributes.NONE.plus("bundle-only")));
        }
        if (messages != null && path != null) {
            media.add(messages(messages, path, MESSAGE, "actpass"));
        }
        return SessionDescription.of(id, address(rtp == null ? messages : rtp), session, media);
    }

    /** The answer to an offer, medium by medium; what has no stream of ours is declined (RFC 3264 §6). */
    @SuppressWarnings("ReferenceEquality") // which one of several that may be alike
    SessionDescription answer(
            OfferedMedia offered, @Nullable IceStream rtp, @Nullable IceStream messages, @Nullable String path) {
        List<MediaDescription> media = new ArrayList<>();
        List<String> bundle = new ArrayList<>();
        for (MediaDescription theirs : offered.description().media()) {
            String mid = theirs.mid() == null ? "" : theirs.mid();
            if (theirs == offered.audio() && rtp != null) {
                media.add(audio(rtp, mid));
                bundle.add(mid);
            } else if (theirs == offered.video() && rtp != null) {
                media.add(video(mid, DISCARD, SdpAttributes.NONE));
                bundle.add(mid);
            } else if (theirs == offered.messages() && messages != null && path != null) {
                media.add(messages(messages, path, mid, "passive"));
            } else {
                media.add(theirs.declined());
            }
        }
        SdpAttributes session = SdpAttributes.NONE.plus("ice-options", "ice2");
        if (!offered.description().bundle().isEmpty() && !bundle.isEmpty()) {
            session = session.plus("group", "BUNDLE " + String.join(" ", bundle));
        }
        return SessionDescription.of(id, address(rtp == null ? messages : rtp), session, media);
    }

    private static MediaDescription audio(IceStream rtp, String mid) {
        SdpAttributes lines = named(mid)
                .plus("rtcp-mux")
                .plus("rtpmap", ToneSource.PAYLOAD_TYPE + " PCMU/8000")
                .plus("sendrecv");
        List<String> formats = List.of(Integer.toString(ToneSource.PAYLOAD_TYPE));
        return new MediaDescription("audio", port(rtp), "RTP/AVP", formats, address(rtp), IceSection.of(rtp, lines));
    }

    private static MediaDescription video(String mid, int port, SdpAttributes more) {
        SdpAttributes lines = named(mid);
        for (var line : more.lines()) {
            lines = lines.plus(line.name());
        }
        lines = lines.plus("rtcp-mux")
                .plus("rtpmap", PictureSource.RTPMAP)
                .plus("fmtp", PictureSource.FMTP)
                .plus("sendrecv");
        List<String> formats = List.of(Integer.toString(PictureSource.PAYLOAD_TYPE));
        return new MediaDescription("video", port, "RTP/AVP", formats, null, lines);
    }

    private static MediaDescription messages(IceStream stream, String path, String mid, String setup) {
        SdpAttributes lines = named(mid)
                .plus("setup", setup)
                .plus("connection", "new")
                .plus("accept-types", "text/plain")
                .plus("path", path)
                .plus("msrp-cema");
        return new MediaDescription(
                "message", port(stream), "TCP/MSRP", List.of("*"), address(stream), IceSection.of(stream, lines));
    }

    private static SdpAttributes named(String mid) {
        return mid.isEmpty() ? SdpAttributes.NONE : SdpAttributes.NONE.plus("mid", mid);
    }

    /** The default destination: the last of ours, which is the one most likely to be reached (RFC 8445 §5.1.4). */
    private static @Nullable InetSocketAddress defaultOf(@Nullable IceStream stream) {
        List<Candidate> all = stream == null ? List.of() : stream.candidates();
        return all.isEmpty() ? null : all.get(all.size() - 1).address();
    }

    static String address(@Nullable IceStream stream) {
        InetSocketAddress known = defaultOf(stream);
        return known == null ? NOWHERE : known.getAddress().getHostAddress().replaceFirst("%.*", "");
    }

    static int port(@Nullable IceStream stream) {
        InetSocketAddress known = defaultOf(stream);
        return known == null ? DISCARD : known.getPort();
    }
}

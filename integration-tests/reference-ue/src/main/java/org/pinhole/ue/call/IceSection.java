package org.pinhole.ue.call;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.ice.Candidate;
import org.pinhole.ue.ice.CandidateLine;
import org.pinhole.ue.ice.IceCredentials;
import org.pinhole.ue.ice.IceStream;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SdpAttributes;
import org.pinhole.ue.sdp.SessionDescription;

/** What a medium says of ICE (RFC 8839 §5), ours and theirs. */
final class IceSection {
    /** More than any honest description has; as many pairs as RFC 8445 §6.1.2.5 has checked are made of far fewer. */
    static final int MOST = 50;

    private IceSection() {}

    /** Appends the lines of a stream of ours. */
    static SdpAttributes of(IceStream stream, SdpAttributes attributes) {
        SdpAttributes lines = attributes
                .plus("ice-ufrag", stream.credentials().fragment())
                .plus("ice-pwd", stream.credentials().password());
        for (Candidate candidate : stream.candidates()) {
            lines = lines.plus("candidate", CandidateLine.write(candidate));
        }
        return lines;
    }

    /** The far end's, or null when it does not do ICE for this medium. */
    static @Nullable IceCredentials credentials(SessionDescription session, MediaDescription medium) {
        String fragment = session.find(medium, "ice-ufrag");
        String password = session.find(medium, "ice-pwd");
        return fragment == null || password == null ? null : new IceCredentials(fragment, password);
    }

    /** The best of them: each costs checks, and permissions at our relays, and who describes thousands means us no good. */
    static List<Candidate> candidates(MediaDescription medium) {
        return medium.attributes().all("candidate").stream()
                .map(CandidateLine::find)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparingLong(Candidate::priority).reversed())
                .limit(MOST)
                .toList();
    }
}

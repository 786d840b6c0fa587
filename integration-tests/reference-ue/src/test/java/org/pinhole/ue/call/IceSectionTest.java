package org.pinhole.ue.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.ice.Candidate;
import org.pinhole.ue.sdp.MediaDescription;
import org.pinhole.ue.sdp.SdpAttributes;

class IceSectionTest {
    @Test
    @Tag("U-10")
    void ofADescriptionWithThousandsOfCandidatesTheBestFewCount() {
        SdpAttributes lines = SdpAttributes.NONE;
        for (int i = 1; i <= 2000; i++) {
            lines = lines.plus("candidate", i + " 1 udp " + i + " 192.0.2.1 " + (1000 + i) + " typ host");
        }
        MediaDescription medium = new MediaDescription("audio", 9, "RTP/AVP", List.of("0"), null, lines);

        List<Candidate> taken = IceSection.candidates(medium);

        assertThat(taken).hasSize(IceSection.MOST);
        assertThat(taken.get(0).priority()).isEqualTo(2000);
        assertThat(taken.get(IceSection.MOST - 1).priority()).isEqualTo(2000 - IceSection.MOST + 1);
    }
}

package org.pinhole.ue.sdp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a far end describes, only {@link SdpFormatException} comes out, and what was read is written and read the same. */
class SessionDescriptionFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void whatIsReadIsWrittenAndReadTheSame(byte[] input) {
        String written;
        try {
            SessionDescription read = SessionDescription.parse(new String(input, UTF_8));
            read.bundle();
            read.media().forEach(medium -> read.find(medium, "ice-ufrag"));
            written = read.write();
        } catch (SdpFormatException declared) {
            return;
        }

        assertThat(SessionDescription.parse(written).write()).isEqualTo(written);
    }
}

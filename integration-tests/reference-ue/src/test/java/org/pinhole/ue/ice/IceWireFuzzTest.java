package org.pinhole.ue.ice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.pinhole.stun.StunMessage;

/** What ICE reads from strangers: checks, candidates, frames. */
class IceWireFuzzTest {
    private static final byte[] KEY = "a password of ours".getBytes(UTF_8);

    /** What is not sealed with the password comes to nothing, and nothing is thrown. */
    @FuzzTest(maxDuration = "2m")
    void aCheckThatIsNotSealedIsNone(byte[] input) {
        StunMessage message = CheckCodec.find(input);
        if (message != null) {
            assertThat(CheckCodec.findCheck(message, KEY)).isNull();
            assertThat(CheckCodec.findAnswer(message, KEY)).isNull();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void aCandidateThatIsReadIsWrittenAndReadTheSame(byte[] input) {
        Candidate read = CandidateLine.find(new String(input, UTF_8));
        if (read != null) {
            assertThat(CandidateLine.find(CandidateLine.write(read))).isEqualTo(read);
        }
    }

    /** Frames that were cut from a stream are the stream again, but for an unfinished one at its end. */
    @FuzzTest(maxDuration = "1m")
    void framesAreTheStreamAgain(byte[] input) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(input);
        ByteArrayOutputStream again = new ByteArrayOutputStream();
        try {
            for (byte[] frame = Rfc4571.read(in); frame != null; frame = Rfc4571.read(in)) {
                again.write(Rfc4571.framed(frame));
            }
            assertThat(again.toByteArray()).isEqualTo(input);
        } catch (EOFException unfinished) {
            assertThat(input).startsWith(again.toByteArray());
        }
    }
}

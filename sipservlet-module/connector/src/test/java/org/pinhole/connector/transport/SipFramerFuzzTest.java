package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.connector.transport.SipStreams.outcome;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.pinhole.connector.limit.MessageLimits;

/** The framer is total, keeps to its limits, and does not care how the stream is cut, whatever the stream. */
class SipFramerFuzzTest {
    /** What is said of a refusal beside the octets that it repeats. */
    private static final int LONGEST_WORDS = 200;

    private static final InetSocketAddress SOURCE = new InetSocketAddress("198.51.100.7", 40122);

    /** The first octet says into pieces of which length the others are cut. */
    @FuzzTest(maxDuration = "2m")
    void theOutcomeIsTheSameInPieces(byte[] input) {
        if (input.length < 2) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        int length = 1 + (input[0] & 0x7F);
        byte[][] pieces = new byte[(stream.length + length - 1) / length][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = Arrays.copyOfRange(stream, i * length, Math.min(stream.length, (i + 1) * length));
        }

        List<String> whole = outcome(SipStreams.LIMITS, stream);

        assertThat(outcome(SipStreams.LIMITS, pieces)).isEqualTo(whole);
        assertThat(String.join("", whole).length())
                .isLessThanOrEqualTo(stream.length + 4 * whole.size() + LONGEST_WORDS);
    }

    @FuzzTest(maxDuration = "2m")
    void theAnswerToWhateverHeadIsOneMessageOrNone(byte[] head) {
        byte[] answer = LastAnswer.to(SipFormatException.refused(400, "Bad Request", head), SOURCE);

        if (answer.length > 0) {
            assertThat(outcome(new MessageLimits(1 << 20, 1 << 20, 1 << 20), answer))
                    .containsExactly(new String(answer, StandardCharsets.ISO_8859_1));
        }
    }
}

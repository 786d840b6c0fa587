package org.pinhole.ue.msrp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Whatever a stream holds, only {@link MsrpFormatException} comes out, and in whatever pieces it comes it holds the same. */
class MsrpDecoderFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void theStreamHoldsTheSameInWhateverPiecesItComes(byte[] input) {
        List<String> atOnce = new ArrayList<>();
        boolean whole = read(input, input.length, atOnce);

        List<String> dripped = new ArrayList<>();
        boolean drippedWhole = read(input, 1, dripped);

        if (whole) {
            assertThat(dripped).isEqualTo(atOnce);
        }
        assertThat(drippedWhole).isEqualTo(whole);
    }

    /** Whether all of it could be read. */
    private static boolean read(byte[] input, int piece, List<String> messages) {
        MsrpDecoder decoder = new MsrpDecoder();
        try {
            for (int from = 0; from < input.length; from += piece) {
                byte[] next = Arrays.copyOfRange(input, from, Math.min(input.length, from + piece));
                decoder.feed(next).forEach(message -> messages.add(new String(message.write(), ISO_8859_1)));
            }
            return true;
        } catch (MsrpFormatException declared) {
            return false;
        }
    }

    /** The session answers whatever comes, and stands it. */
    @FuzzTest(maxDuration = "2m")
    void aSessionStandsWhateverComes(byte[] input) {
        MsrpSession session = new MsrpSession(
                "msrp://192.0.2.1:2855/alices;tcp", "msrp://192.0.2.2:2855/bobs;tcp", new Random(1), new Deaf());
        try {
            session.receive(input);
        } catch (MsrpFormatException declared) {
            return;
        }
        session.poll();
    }

    private static final class Deaf implements MsrpSession.Listener {
        @Override
        public void message(String contentType, byte[] body) {}

        @Override
        public void accepted(String messageId) {}

        @Override
        public void reported(String messageId, int status) {}

        @Override
        public void refused(String messageId, int status) {}
    }
}

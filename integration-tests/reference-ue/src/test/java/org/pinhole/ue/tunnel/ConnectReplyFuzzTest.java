package org.pinhole.ue.tunnel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever a proxy answers, only {@link TunnelException} comes out, and a refusal of it is one line that can be printed. */
class ConnectReplyFuzzTest {
    @FuzzTest(maxDuration = "2m")
    void anAnswerIsReadOrRefusedInOneLine(byte[] input) {
        try {
            ConnectReply reply = ConnectReply.parse(new String(input, ISO_8859_1));

            assertThat(reply.status()).isBetween(100, 999);
            assertThat(reply.bodyLength()).isBetween(-1, 999_999_999);
            reply.keepsConnection();
            HttpChallenge.parse(reply.all("Proxy-Authenticate"))
                    .forEach(challenge -> assertThat(challenge.scheme()).isNotEmpty());
        } catch (TunnelException refused) {
            assertThat(refused.getMessage()).matches("[\\x20-\\x7e…]*");
        }
    }
}

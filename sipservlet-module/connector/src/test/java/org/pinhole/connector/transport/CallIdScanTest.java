package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallIdScanTest {
    @Test
    void theCallIdIsFoundByEitherNameInAnyCase() {
        assertThat(find("OPTIONS sip:a SIP/2.0\r\nTo: <sip:a>\r\nCall-ID: one@here\r\n\r\n"))
                .isEqualTo("one@here");
        assertThat(find("OPTIONS sip:a SIP/2.0\r\ncALL-iD :\ttwo\r\nCSeq: 1 OPTIONS\r\n\r\n"))
                .isEqualTo("two");
        assertThat(find("OPTIONS sip:a SIP/2.0\r\nI: three\r\n\r\n")).isEqualTo("three");
    }

    @Test
    void whatOnlyLooksLikeOneIsNotTaken() {
        assertThat(find("OPTIONS sip:a SIP/2.0\r\nCall-IDs: x\r\nX-Call-ID: y\r\n\r\n"))
                .isEqualTo("none");
        assertThat(find("OPTIONS sip:a SIP/2.0\r\nTo: <sip:a>\r\n\r\nCall-ID: in-the-body\r\n"))
                .isEqualTo("none");
        assertThat(find("Call-ID: in-the-start-line\r\n\r\n")).isEqualTo("none");
    }

    @Test
    void nothingIsFoundInAPieceOfAMessage() {
        String message = "OPTIONS sip:a SIP/2.0\r\nCall-ID: one\r\n\r\n";

        for (int length = 0; length < message.length(); length++) {
            assertThat(find(message.substring(0, length))).isIn("none", "", "o", "on", "one");
        }
    }

    private static String find(String message) {
        return CallIdScan.of(message.getBytes(UTF_8), "none");
    }
}

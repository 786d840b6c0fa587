package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SipStreamFramerTest {
    private static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 4\r\n\r\n\r\nab";
    private static final String OK = "SIP/2.0 200 OK\r\nl: 0\r\n\r\n";

    private static List<String> frames(SipStreamFramer.Side side, String stream, int piece) {
        SipStreamFramer framer = new SipStreamFramer(side);
        List<String> seen = new ArrayList<>();
        byte[] octets = stream.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < octets.length; at += piece) {
            framer.feed(octets, at, Math.min(piece, octets.length - at));
            for (SipFrame frame = framer.next(); frame != null; frame = framer.next()) {
                seen.add(
                        frame instanceof SipFrame.Message message
                                ? message.text()
                                : frame.getClass().getSimpleName());
            }
        }
        return seen;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    @Tag("O-1")
    void messagesAndPongsComeOutWhereverTheStreamIsSplit(int piece) {
        assertThat(frames(SipStreamFramer.Side.UA, OK + "\r\n" + OPTIONS + "\r\n" + OK, piece))
                .containsExactly(OK, "Pong", OPTIONS, "Pong", OK);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
    @Tag("O-1")
    void aPingIsTwoLineEndsBetweenMessagesAndOneIsNothing(int piece) {
        assertThat(frames(SipStreamFramer.Side.EDGE, "\r\n\r\n" + OK + "\r\n" + OPTIONS + "\r\n\r\n", piece))
                .containsExactly("Ping", OK, OPTIONS, "Ping");
    }

    @Test
    void aStreamMessageWithoutContentLengthIsRefused() {
        assertThatThrownBy(() -> frames(SipStreamFramer.Side.UA, "SIP/2.0 200 OK\r\nVia: x\r\n\r\n", 1000))
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("no Content-Length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1048577", "99999999999", "4x"})
    void anImpossibleContentLengthIsRefused(String length) {
        String message = "SIP/2.0 200 OK\r\nContent-Length: " + length + "\r\n\r\n";

        assertThatThrownBy(() -> frames(SipStreamFramer.Side.UA, message, 1000))
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("is not within 0-1048576");
    }

    @Test
    void aHeadWithoutEndIsRefusedAtTheCap() {
        assertThatThrownBy(() -> frames(SipStreamFramer.Side.UA, "A".repeat(70_000), 8192))
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("65536");
    }

    /** Looking at all of it again for each octet would take a quarter of an hour. */
    @Test
    @Timeout(60)
    void aLargeBodyInSingleOctetsCostsWhatItsOctetsCost() {
        String message = "SIP/2.0 200 OK\r\nContent-Length: 1048576\r\n\r\n" + "b".repeat(1_048_576);

        assertThat(frames(SipStreamFramer.Side.UA, message + "\r\n", 1))
                .hasSize(2)
                .first()
                .isEqualTo(message);
    }
}

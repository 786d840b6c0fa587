package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.transport.SipFormatException.Answer;

class SipFramerTest {
    private static final String OPTIONS = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 0\r\n\r\n";
    private static final String MESSAGE = "MESSAGE sip:a@b SIP/2.0\r\nl :  6\r\n\r\nab\r\n\r\n";
    private static final String FOLDED = "MESSAGE sip:a@b SIP/2.0\r\nContent-Length:\r\n 2\r\nSubject: x\r\n\r\nhi";
    private static final String OK = "SIP/2.0 200 OK\r\nVia: x\r\n\r\n";
    private static final String PING = "\r\n\r\n";

    @Test
    void messagesAreCutByTheirContentLengthInEitherForm() throws SipFormatException {
        assertThat(frames(OPTIONS + MESSAGE + FOLDED + OK)).containsExactly(OPTIONS, MESSAGE, FOLDED, OK);
    }

    @Test
    @Tag("O-1")
    void aPingBetweenMessagesOrBeforeTheFirstIsAPingAndInsideABodyIsNot() throws SipFormatException {
        assertThat(frames(PING + OPTIONS + PING + PING + MESSAGE))
                .containsExactly("PING", OPTIONS, "PING", "PING", MESSAGE);
    }

    @Test
    void aStrayLineEndIsSkippedAndIsNoPing() throws SipFormatException {
        assertThat(frames(OPTIONS + "\r\n" + MESSAGE + "\r\n\n" + OK)).containsExactly(OPTIONS, MESSAGE, OK);
    }

    @Test
    @Tag("O-1")
    void howeverTheStreamIsCutTheFramesAreTheSame() throws SipFormatException {
        String stream = "\r\n" + OPTIONS + PING + MESSAGE + "\r\n" + FOLDED + PING + PING + OK;
        List<String> whole = frames(stream);
        for (int first = 0; first < stream.length(); first++) {
            for (int second = first; second < stream.length(); second += 3) {
                assertThat(frames(
                                stream.substring(0, first), stream.substring(first, second), stream.substring(second)))
                        .as("cut at %d and %d", first, second)
                        .isEqualTo(whole);
            }
        }
        assertThat(frames(stream.split(""))).isEqualTo(whole);
    }

    @Test
    void pingsAreChargedToNoBudget() throws SipFormatException {
        SipFramer framer = new SipFramer();
        for (int i = 0; i < 100_000; i++) {
            assertThat(framer.next(bytes(PING))).isSameAs(Frame.PING);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: -1\r\n\r\n",
                "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 1x\r\n\r\n",
                "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 99999999999\r\n\r\n",
                "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: 1\r\nl: 2\r\n\r\n"
            })
    void aContentLengthThatIsNoneEndsTheStream(String text) {
        assertThatThrownBy(() -> frames(text))
                .isInstanceOfSatisfying(
                        SipFormatException.class,
                        fault -> assertThat(fault.answer()).isEqualTo(Answer.NONE));
    }

    @Test
    void headersAndMessagesBeyondTheirCapsEndTheStream() {
        char[] filler = new char[SipFramer.MAX_HEADER_BYTES];
        Arrays.fill(filler, 'x');
        String endless = "OPTIONS sip:a@b SIP/2.0\r\nSubject: " + new String(filler);
        String huge = "OPTIONS sip:a@b SIP/2.0\r\nContent-Length: " + SipFramer.MAX_MESSAGE_BYTES + "\r\n\r\n";
        for (String text : new String[] {endless, endless + "\r\n\r\n", huge}) {
            assertThatThrownBy(() -> frames(text))
                    .isInstanceOfSatisfying(
                            SipFormatException.class,
                            fault -> assertThat(fault.answer()).isEqualTo(Answer.NONE));
        }
    }

    @Test
    void whatIsNotSipIsToldApart() {
        assertThatThrownBy(() -> frames("GET / HTTP/1.1\r\n"))
                .isInstanceOfSatisfying(
                        SipFormatException.class,
                        fault -> assertThat(fault.answer()).isEqualTo(Answer.HTTP_400));
        for (String text : new String[] {"\u0016\u0003\u0001", "hello\r\n"}) {
            assertThatThrownBy(() -> frames(text))
                    .isInstanceOfSatisfying(
                            SipFormatException.class,
                            fault -> assertThat(fault.answer()).isEqualTo(Answer.NONE));
        }
    }

    private static List<String> frames(String... pieces) throws SipFormatException {
        SipFramer framer = new SipFramer();
        ByteBuf buffer = Unpooled.buffer();
        List<String> frames = new ArrayList<>();
        for (String piece : pieces) {
            buffer.writeBytes(bytes(piece));
            for (Frame frame = framer.next(buffer); frame != null; frame = framer.next(buffer)) {
                frames.add(frame.isPing() ? "PING" : new String(frame.bytes(), StandardCharsets.ISO_8859_1));
            }
        }
        return frames;
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.connector.transport.SipStreams.BINARY;
import static org.pinhole.connector.transport.SipStreams.FOLDED;
import static org.pinhole.connector.transport.SipStreams.MESSAGE;
import static org.pinhole.connector.transport.SipStreams.OK;
import static org.pinhole.connector.transport.SipStreams.OPTIONS;
import static org.pinhole.connector.transport.SipStreams.PING;
import static org.pinhole.connector.transport.SipStreams.bytes;
import static org.pinhole.connector.transport.SipStreams.many;
import static org.pinhole.connector.transport.SipStreams.outcome;
import static org.pinhole.connector.transport.SipStreams.request;
import static org.pinhole.connector.transport.SipStreams.rfc4475;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipFramerTest {
    @Test
    void messagesAreCutByTheirContentLengthInEitherFormOctetForOctet() {
        assertThat(outcome(OPTIONS + MESSAGE + FOLDED + BINARY + OK))
                .containsExactly(OPTIONS, MESSAGE, FOLDED, BINARY, OK);
    }

    @Test
    @Tag("O-1")
    @Tag("trap-1")
    void aPingBetweenMessagesOrBeforeTheFirstIsAPingAndInsideABodyIsNot() {
        assertThat(outcome(PING + OPTIONS + PING + PING + MESSAGE))
                .containsExactly("PING", OPTIONS, "PING", "PING", MESSAGE);
    }

    @Test
    @Tag("O-1")
    @Tag("trap-2")
    void aStrayLineEndIsSkippedAndIsNoPing() {
        assertThat(outcome(OPTIONS + "\r\n" + MESSAGE + "\r\n\n" + OK)).containsExactly(OPTIONS, MESSAGE, OK);
        assertThat(outcome("\r\n" + OPTIONS + "\r\n")).containsExactly(OPTIONS);
    }

    static Stream<Map.Entry<String, String>> streams() {
        return SipStreams.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("streams")
    @Tag("O-1")
    @Tag("trap-1")
    @Tag("trap-2")
    void whereverAStreamIsCutTheOutcomeIsTheSame(Map.Entry<String, String> sample) {
        String stream = sample.getValue();
        List<String> whole = outcome(stream);

        assertThat(outcome(stream.split(""))).as("cut everywhere").isEqualTo(whole);
        for (int cut = 0; cut <= stream.length(); cut++) {
            assertThat(outcome(stream.substring(0, cut), stream.substring(cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(whole);
        }
    }

    @Test
    @Tag("O-1")
    @Tag("trap-1")
    void aPingIsOneHoweverItIsCutInTwoPlaces() {
        String stream = OPTIONS + PING + MESSAGE + PING;
        for (int first = 0; first <= stream.length(); first++) {
            for (int second = first; second <= stream.length(); second++) {
                assertThat(outcome(
                                stream.substring(0, first), stream.substring(first, second), stream.substring(second)))
                        .as("cut at %d and %d", first, second)
                        .containsExactly(OPTIONS, "PING", MESSAGE, "PING");
            }
        }
    }

    @Test
    void aFloodOfPingsIsChargedToNoBudgetAndIsOneFrameForEachRead() throws SipFormatException {
        SipFramer framer = new SipFramer(SipStreams.LIMITS);
        ByteBuf read = Unpooled.wrappedBuffer(bytes(many(PING, 10_000)));
        for (int i = 0; i < 100; i++) {
            assertThat(framer.next(read.resetReaderIndex()))
                    .satisfies(flood -> assertThat(flood.pings()).isEqualTo(10_000));
            assertThat(framer.next(read)).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({"wsinv, 1001", "lwsstart, 506", "trws, 328", "intmeth, 616", "noreason, 274"})
    void rfc4475MessagesOnAStreamAreCutOffTheNext(String name, int length) {
        assertThat(outcome(rfc4475(name) + OPTIONS)).containsExactly(rfc4475(name), OPTIONS);
        assertThat(rfc4475(name)).hasSize(length);
    }

    /** As the RFC prints it, the second body is three octets longer than its Content-Length: nobody can know that. */
    @Test
    @Tag("trap-1")
    void rfc4475TwoRequestsInOnePieceAreTwoAndTheLineEndBetweenThemIsNoPing() {
        String stream = rfc4475("dblreq");
        int second = stream.indexOf("INVITE sip:joe");
        int end = stream.indexOf("\r\n\r\n", second) + 4 + 150;

        assertThat(outcome(stream.substring(0, end)))
                .containsExactly(stream.substring(0, second - 2), stream.substring(second, end));
        assertThat(stream.substring(end)).isEqualTo("C\r\n");
    }

    @Test
    void rfc4475AContentLengthLargerThanWhatCameWaitsForMore() {
        String stream = rfc4475("clerr");
        int headerLength = stream.indexOf("\r\n\r\n") + 4;
        String rest = many("x", headerLength + 9999 - stream.length());

        assertThat(outcome(stream)).isEmpty();
        assertThat(outcome(stream + rest + OPTIONS)).containsExactly(stream + rest, OPTIONS);
    }

    @ParameterizedTest
    @CsvSource({"ncl, Content-Length Is No Number", "mcl01, Two Content-Length Values"})
    void rfc4475WrongLengthsAreRefusedAnswerablyAndEndTheStream(String name, String reason) {
        String stream = rfc4475(name);
        String head = stream.substring(0, stream.indexOf("\r\n\r\n") + 4);

        assertThat(outcome(stream + OPTIONS)).containsExactly("REFUSED 400 " + reason + ' ' + head);
    }

    @Test
    void anotherVersionOfSipIsFramedForTheStackToAnswer() {
        assertThat(outcome(rfc4475("badvers") + OPTIONS)).containsExactly(rfc4475("badvers"), OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1x", "five", "", "5, 5", "+5", "0x5", "1\r\n 2", "\u0661"})
    void aContentLengthThatIsNoNumberIsA400(String value) {
        assertThat(outcome(request("Content-Length: " + value)))
                .singleElement()
                .satisfies(refused -> assertThat(refused).startsWith("REFUSED 400 Content-Length Is"));
    }

    @Test
    void equalLengthsAreOneHoweverTheyAreWritten() {
        String message = request("l: 2\r\nContent-Length: 0002\r\nL:2") + "hi";

        assertThat(outcome(message + OPTIONS)).containsExactly(message, OPTIONS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"12000", "2147483647", "2147483648", "99999999999999999999", "18446744073709551616"})
    void aMessageBeyondItsCapIsA413BeforeItsBodyIsThere(String length) {
        String stream = request("Content-Length: " + length);

        assertThat(outcome(stream)).containsExactly("REFUSED 413 Message Beyond 12000 Bytes " + stream);
    }

    @Test
    void aMessageOfExactlyTheCapsPasses() {
        int body =
                12_000 - request(many("A: b\r\n", 14) + "Content-Length: 11000").length();
        String message = request(many("A: b\r\n", 14) + "Content-Length: " + body) + many("x", body);
        String filled =
                request("Subject: " + many("x", 1300 - request("Subject: ").length()));

        assertThat(message).hasSize(12_000);
        assertThat(outcome(message)).containsExactly(message);
        assertThat(outcome(filled)).containsExactly(filled);
    }

    @Test
    void headersBeyondTheirCapsAreA400AsSoonAsTheyAreReached() {
        String endless = request("Subject: ").trim() + many("x", 5000);
        String numerous = request(many("A: b\r\n", 16));

        assertThat(outcome(endless))
                .containsExactly("REFUSED 400 Header Block Beyond 1300 Bytes " + endless.substring(0, 1300));
        assertThat(outcome(numerous))
                .singleElement()
                .satisfies(refused -> assertThat(refused).startsWith("REFUSED 400 More Than 20 Headers "));
    }

    @Test
    void whatIsNotSipIsToldApart() {
        assertThat(outcome("GET / HTTP/1.1\r\n")).containsExactly("REFUSED HTTP HTTP request on a SIP connector ");
        assertThat(outcome("hello there\r\n")).containsExactly("REFUSED GARBAGE not a SIP start line ");
        assertThat(outcome("SIP/2.0\r\n")).containsExactly("REFUSED GARBAGE not a SIP start line ");
        assertThat(outcome("\u0016\u0003")).singleElement().asString().startsWith("REFUSED TLS TLS ");
        assertThat(outcome("\u0015\u0003")).containsExactly("REFUSED GARBAGE 0x15 is no start of a SIP message ");
        assertThat(outcome(many("x", 1301))).containsExactly("REFUSED GARBAGE no start line in 1300 bytes ");
    }

    @Test
    @Tag("trap-1")
    void aProxyHeaderIsNamedAsOneAlthoughItBeginsLikeAPing() {
        assertThat(outcome("\r\n\r\n\0\r\nQUIT\n"))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("REFUSED PROXY_HEADER PROXY protocol");
        assertThat(outcome(OPTIONS + "\r\n\r\n\0")).last().asString().startsWith("REFUSED GARBAGE 0x00 is no start");
    }

    @Test
    void aSlowDripIsNoMoreWorkThanAllAtOnceForNoOctetIsLookedForTwice() throws SipFormatException {
        SipFramer framer = new SipFramer(SipStreams.LIMITS);
        ByteBuf dripping = Unpooled.buffer().writeBytes(bytes(request("A: x").trim()));
        assertThat(framer.next(dripping)).isNull();
        for (int i = 0; i < 1000; i++) {
            dripping.writeByte('x');
            assertThat(framer.next(dripping)).isNull();
            dripping.setByte(dripping.writerIndex() - 1, i % 2 == 0 ? '\r' : '\n'); // a second look would see an end
        }

        assertThat(framer.isInsideMessage()).isTrue();
    }
}

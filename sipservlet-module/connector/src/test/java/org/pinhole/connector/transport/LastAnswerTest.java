package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.connector.transport.SipStreams.bytes;
import static org.pinhole.connector.transport.SipStreams.rfc4475;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LastAnswerTest {
    private static final InetSocketAddress SOURCE = new InetSocketAddress("198.51.100.7", 40122);
    private static final String REQUEST = "INVITE sip:bob@pinhole.test SIP/2.0\r\n"
            + "Via: SIP/2.0/TLS 10.1.2.3:5999;rport;branch=z9hG4bK1, SIP/2.0/TCP 10.9.9.9\r\n"
            + "v: SIP/2.0/UDP 10.8.8.8\r\nFROM:\r\n <sip:alice@pinhole.test>;tag=a\r\nt: <sip:bob@pinhole.test>\r\n"
            + "i: c1\r\ncseq : 7 INVITE\r\nSubject: never closed";

    @Test
    void aRequestIsAnsweredFromItsOwnHeadersWithWhereItCameFrom() {
        assertThat(answer(413, REQUEST))
                .isEqualTo("SIP/2.0 413 Too Long\r\n"
                        + "Via: SIP/2.0/TLS 10.1.2.3:5999;rport=40122;branch=z9hG4bK1;received=198.51.100.7,"
                        + " SIP/2.0/TCP 10.9.9.9\r\n"
                        + "Via: SIP/2.0/UDP 10.8.8.8\r\nFrom: <sip:alice@pinhole.test>;tag=a\r\n"
                        + "To: <sip:bob@pinhole.test>;tag=c2e\r\nCall-ID: c1\r\nCSeq: 7 INVITE\r\n"
                        + "Content-Length: 0\r\n\r\n");
    }

    @Test
    void rfc4475sRequestsWithoutAUsableLengthAreAnswerable() {
        assertThat(answer(400, rfc4475("ncl")))
                .startsWith("SIP/2.0 400 Too Long\r\nVia: ")
                .contains("\r\nCSeq: 0 INVITE\r\n");
        assertThat(answer(400, rfc4475("mcl01"))).contains("\r\nCSeq: 15932 OPTIONS\r\n");
        assertThat(answer(400, rfc4475("wsinv")))
                .contains("\r\nTo: sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n\r\n");
    }

    @Test
    void aReceivedThatThePhonePlantedIsReplaced() {
        String planted = REQUEST.replace(";rport;", ";received=192.0.2.1;rport=1;");

        assertThat(answer(400, planted))
                .contains(";rport=1;branch=z9hG4bK1;received=198.51.100.7,")
                .doesNotContain("192.0.2.1");
    }

    @Test
    @Tag("K-7")
    void aKeepThatThePhonePlantedIsBlanked() {
        String planted = REQUEST.replace(";rport;", ";keep=7;rport;").replace("10.8.8.8", "10.8.8.8;keep = \"8\";x=1");

        assertThat(answer(400, planted)).contains("5999;keep;rport=", "10.8.8.8;keep;x=1");
    }

    @Test
    void aResponseAndAnAckAreNeverAnswered() {
        assertThat(answer(400, REQUEST.replace("INVITE sip:bob@pinhole.test SIP/2.0", "SIP/2.0 200 OK")))
                .isEmpty();
        assertThat(answer(400, REQUEST.replace("INVITE", "ACK"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Via: ", "FROM:", "t: ", "i: ", "cseq : "})
    void whatLacksAHeaderThatAnAnswerNeedsHasNone(String header) {
        String without = header.equals("Via: ") ? REQUEST.replace("\r\nv: ", "\r\nX: ") : REQUEST;

        assertThat(answer(400, without.replace("\r\n" + header, "\r\nX: "))).isEmpty();
    }

    @Test
    void whatCouldSmuggleALineIntoTheAnswerHasNone() {
        assertThat(answer(400, REQUEST.replace("i: c1", "i: c1\nX-Evil: 1"))).isEmpty();
        assertThat(answer(400, REQUEST.replace("i: c1", "i: c1\rX-Evil: 1"))).isEmpty();
    }

    @Test
    void whatIsNoSipIsAnsweredInItsOwnWordsButAProxyWouldHandThemToThePhone() {
        assertThat(text(LastAnswer.to(SipFormatException.http(), SOURCE))).startsWith("HTTP/1.1 400 ");
        assertThat(text(LastAnswer.to(SipFormatException.garbage("junk"), SOURCE)))
                .isEqualTo("SIP/2.0 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
        assertThat(LastAnswer.to(SipFormatException.tls(), SOURCE)).containsExactly(21, 3, 3, 0, 2, 2, 10);
        assertThat(LastAnswer.to(SipFormatException.unfinished("late"), SOURCE)).isEmpty();
        assertThat(LastAnswer.to(SipFormatException.proxyHeader(), SOURCE)).isEmpty();
    }

    private static String answer(int status, String head) {
        return text(LastAnswer.to(SipFormatException.refused(status, "Too Long", bytes(head)), SOURCE));
    }

    private static String text(byte[] octets) {
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}

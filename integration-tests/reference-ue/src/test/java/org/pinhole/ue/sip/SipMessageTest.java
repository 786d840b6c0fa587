package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SipMessageTest {
    private static SipMessage parse(String text) {
        return SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatWasReadIsWrittenOctetForOctet() {
        String text = String.join(
                "\r\n",
                "INVITE sip:A%61@[::1]:5061;transport=tls;x=y SIP/2.0",
                "v: SIP/2.0/TLS a",
                "Record-Route: <sip:e;lr;odd=%3b.~>;y=\"a,b;c\"",
                "X-Ü: ü",
                "Content-Length: 3",
                "",
                "abc");

        assertThat(new String(parse(text).encode(), StandardCharsets.UTF_8)).isEqualTo(text);
    }

    @Test
    void compactFormsEqualLongOnes() {
        SipMessage message = parse("SIP/2.0 200 OK\r\ni: 42\r\nV: SIP/2.0/TLS a;branch=z1\r\n\r\n");

        assertThat(message.callId()).isEqualTo("42");
        assertThat(message.topVia().branch()).isEqualTo("z1");
    }

    @Test
    void commasInQuotesAndBracketsDoNotSplit() {
        SipMessage message = parse(
                "SIP/2.0 200 OK\r\nContact: \"A, B\" <sip:a,b@c>;x=\"1,2\", <sip:d@e>\r\nContact: sip:f@g\r\n\r\n");

        assertThat(message.headers().entries("Contact"))
                .containsExactly("\"A, B\" <sip:a,b@c>;x=\"1,2\"", "<sip:d@e>", "sip:f@g");
    }

    @ParameterizedTest
    @CsvSource({"keep,", "keep=45,45", "KEEP=0,0", "keep=\"30\",30", "keep=-1,", "rport=5,"})
    @Tag("K-3")
    void keepIsAcceptedOnlyByANumber(String param, Integer seconds) {
        assertThat(Via.parse("SIP/2.0/TLS a:5061;branch=z;" + param).keepSeconds())
                .isEqualTo(seconds);
    }

    @Test
    @Tag("U-12")
    @Tag("O-18")
    void fourHundredThirtyIsTakenAsFourHundred() {
        SipResponse response = (SipResponse) parse("SIP/2.0 430 Flow Failed\r\n\r\n");

        assertThat(response.effectiveStatus()).isEqualTo(400);
        assertThat(SipFailure.answered("INVITE", response))
                .hasMessage("INVITE was answered 430 Flow Failed (taken as 400)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\r\n\r\n",
                "INVITE SIP/2.0\r\n\r\n",
                "SIP/2.0 20 OK\r\n\r\n",
                "SIP/2.0 200 OK\r\nno colon\r\n\r\n",
                "A b HTTP/1.1\r\n\r\n"
            })
    void whatIsNotSipIsRefused(String text) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(SipFormatException.class);
    }
}

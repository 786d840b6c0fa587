package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FirstBytesTest {
    @Test
    void aHandshakeRecordIsTlsWhateverVersionItsRecordLayerNames() {
        assertThat(sniff("\u0016\u0003\u0001")).isEqualTo(FirstBytes.TLS);
        assertThat(sniff("\u0016\u0003")).isEqualTo(FirstBytes.TLS);
        assertThat(sniff("\u0016\u0002")).isEqualTo(FirstBytes.OTHER);
    }

    @ParameterizedTest
    @CsvSource({
        "'GET / HTTP/1.1', HTTP",
        "'POST /x', HTTP",
        "'PRI * HTTP/2.0', HTTP",
        "'CONNECT pinhole.test:443 HTTP/1.1', HTTP",
        "'REGISTER sip:pinhole.test SIP/2.0', OTHER",
        "'OPTIONS sip:pinhole.test SIP/2.0', OTHER",
        "'GETTING', OTHER",
        "'SSH-2.0-x', OTHER"
    })
    void clearTextIsToldApartByItsMethod(String text, FirstBytes expected) {
        assertThat(sniff(text)).isEqualTo(expected);
    }

    @Test
    void aPieceThatCouldBecomeOneOrTheOtherIsUndecided() {
        for (String piece : new String[] {"", "\u0016", "G", "GET", "P", "CONNECT", "PRI * HTT"}) {
            assertThat(sniff(piece)).as(piece).isEqualTo(FirstBytes.UNDECIDED);
        }
    }

    @Test
    void aPingOrAProxyHeaderInClearIsNotTls() {
        assertThat(sniff("\r")).isEqualTo(FirstBytes.OTHER);
        assertThat(sniff("PROXY TCP4 ")).isEqualTo(FirstBytes.OTHER);
    }

    private static FirstBytes sniff(String text) {
        return FirstBytes.sniff(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
    }
}

package org.pinhole.connector.proxyprotocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyHeaderTest {
    private static final String SIGNATURE = "\r\n\r\n\0\r\nQUIT\n";
    private static final String IPV4 = "\u00cb\0q\u0007\u00c0\0\u0002\u0001\u009c\u00ba\u0001\u00bb";
    private static final String TLV = "\u0002\0\u0003abc";

    @ParameterizedTest
    @CsvSource({
        "PROXY TCP4 203.0.113.7 192.0.2.1 40122 443, 203.0.113.7:40122",
        "PROXY TCP4 0.0.0.0 255.255.255.255 0 65535, 0.0.0.0:0",
        "PROXY TCP6 2001:db8::7 ::1 40122 443, 2001:db8:0:0:0:0:0:7:40122",
        "PROXY TCP6 ::ffff:203.0.113.7 ::1 40122 443, 203.0.113.7:40122",
        "PROXY UNKNOWN, none",
        "PROXY UNKNOWN ffff::1 whatever it says 1, none"
    })
    void aLineOfTextNamesTheSource(String line, String source) throws ProxyFormatException {
        assertThat(source(line + "\r\n")).isEqualTo(source);
    }

    @Test
    void theBinaryFormNamesTheSourceAndItsTlvsAreSkipped() throws ProxyFormatException {
        assertThat(source(binary(0x21, 0x11, IPV4))).isEqualTo("203.0.113.7:40122");
        assertThat(source(binary(0x21, 0x11, IPV4 + TLV + TLV))).isEqualTo("203.0.113.7:40122");
        assertThat(source(
                        binary(0x21, 0x21, " \u0001\r\u00b8" + zeros(11) + "\u0007" + zeros(16) + "\u009c\u00ba\0\0")))
                .isEqualTo("2001:db8:0:0:0:0:0:7:40122");
    }

    @Test
    void aProxyForItselfOrForAUnixSocketOrForNobodyKnownHasNoSource() throws ProxyFormatException {
        for (String header : Arrays.asList(
                binary(0x20, 0x00, ""),
                binary(0x20, 0x11, IPV4),
                binary(0x21, 0x00, TLV),
                binary(0x21, 0x31, zeros(216)),
                binary(0x21, 0x12, IPV4))) {
            assertThat(source(header)).isEqualTo("none");
        }
    }

    @Test
    void howeverAHeaderIsCutNothingIsConsumedBeforeItIsWholeAndNothingBehindItEver() throws ProxyFormatException {
        List<String> headers = Arrays.asList(
                "PROXY TCP4 203.0.113.7 192.0.2.1 40122 443\r\n", binary(0x21, 0x11, IPV4 + TLV), binary(0x20, 0, ""));
        for (String header : headers) {
            ByteBuf in = Unpooled.buffer();
            for (int i = 0; i < header.length(); i++) {
                assertThat(ProxyHeader.parse(in))
                        .as("after %d octets of %s", i, header)
                        .isNull();
                assertThat(in.readerIndex()).isZero();
                in.writeByte(header.charAt(i));
            }
            in.writeBytes("\r\n\r\nrest".getBytes(ISO_8859_1));

            assertThat(ProxyHeader.parse(in)).isNotNull();
            assertThat(in.toString(ISO_8859_1)).isEqualTo("\r\n\r\nrest");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 203.0.113.7 192.0.2.1 40122\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 40122 443 \r\n",
                "PROXY TCP4  203.0.113.7 192.0.2.1 40122 443\r\n",
                "PROXY TCP4 203.0.113.256 192.0.2.1 40122 443\r\n",
                "PROXY TCP4 203.0.113 192.0.2.1 40122 443\r\n",
                "PROXY TCP4 3405803783 192.0.2.1 40122 443\r\n",
                "PROXY TCP4 host.example 192.0.2.1 40122 443\r\n",
                "PROXY TCP4 2001:db8::7 ::1 40122 443\r\n",
                "PROXY TCP6 203.0.113.7 192.0.2.1 40122 443\r\n",
                "PROXY TCP6 fe80::1%eth0 ::1 40122 443\r\n",
                "PROXY TCP6 1:2 ::1 40122 443\r\n",
                "PROXY TCP6 .1:2 ::1 40122 443\r\n",
                "PROXY TCP6 ::1 .1:2 40122 443\r\n",
                "PROXY TCP6 :::1 ::1 40122 443\r\n",
                "PROXY TCP6 1::2::3 ::1 40122 443\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 +1 443\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 65536 443\r\n",
                "PROXY TCP4 203.0.113.7 192.0.2.1 40122 x\r\n",
                "PROXY UDP4 203.0.113.7 192.0.2.1 40122 443\r\n",
                "PROXY \r\n",
                "proxy TCP4",
                "PRI * HTTP/2.0",
                "\r\n\r\n\r\n",
                "\r\n\r\nOPTIONS",
                "\u0016\u0003\u0001",
                "OPTIONS"
            })
    void whatIsNoHeaderIsRefusedAsSoonAsThatIsSeen(String text) {
        assertThatThrownBy(() -> source(text)).isInstanceOf(ProxyFormatException.class);
    }

    @Test
    void binaryHeadersOfUnknownKindOrWithoutRoomForTheirAddressesAreRefused() {
        for (String header : Arrays.asList(
                binary(0x11, 0x11, IPV4),
                binary(0x22, 0x11, IPV4),
                binary(0x21, 0x41, IPV4),
                binary(0x21, 0x13, IPV4),
                binary(0x21, 0x11, IPV4.substring(1)),
                binary(0x21, 0x21, IPV4))) {
            assertThatThrownBy(() -> source(header)).isInstanceOf(ProxyFormatException.class);
        }
    }

    @Test
    void anEndlessHeaderIsRefusedBeforeItIsBuffered() {
        assertThatThrownBy(() -> source("PROXY UNKNOWN " + String.join("", Collections.nCopies(100, "x"))))
                .hasMessageContaining("107 bytes");
        assertThatThrownBy(() -> source(SIGNATURE + "!\u0011\u00ff\u00ff")).hasMessageContaining("65535 bytes");
    }

    private static String source(String octets) throws ProxyFormatException {
        ProxyHeader header = ProxyHeader.parse(Unpooled.copiedBuffer(octets, ISO_8859_1));
        if (header == null) {
            return "more";
        }
        return header.source() == null
                ? "none"
                : header.source().getAddress().getHostAddress()
                        + ':'
                        + header.source().getPort();
    }

    private static String binary(int command, int family, String rest) {
        return SIGNATURE
                + (char) command
                + (char) family
                + (char) (rest.length() >> 8)
                + (char) (rest.length() & 0xFF)
                + rest;
    }

    private static String zeros(int number) {
        return String.join("", Collections.nCopies(number, "\0"));
    }
}

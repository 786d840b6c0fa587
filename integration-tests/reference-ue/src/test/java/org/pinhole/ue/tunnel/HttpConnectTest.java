package org.pinhole.ue.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("U-8")
class HttpConnectTest {
    private static final HostPort EDGE = new HostPort("edge.pinhole.test", 443);
    private static final HttpConnect CONNECT =
            new HttpConnect(InstantSource.fixed(Instant.EPOCH), Duration.ofSeconds(10));

    /** A connection whose far end has said all it will say. */
    private static final class SaidSocket extends Socket {
        private final InputStream in;
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        SaidSocket(String said) {
            this.in = new ByteArrayInputStream(said.getBytes(StandardCharsets.ISO_8859_1));
        }

        @Override
        public InputStream getInputStream() {
            return in;
        }

        @Override
        public OutputStream getOutputStream() {
            return out;
        }

        @Override
        public void setSoTimeout(int millis) {}

        String rest() throws IOException {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void asksInAuthorityFormByName() throws IOException {
        SaidSocket socket = new SaidSocket("HTTP/1.1 200 OK\r\n\r\n");

        CONNECT.ask(socket, EDGE, null);

        assertThat(socket.out.toString(StandardCharsets.US_ASCII))
                .isEqualTo("CONNECT edge.pinhole.test:443 HTTP/1.1\r\nHost: edge.pinhole.test:443\r\n\r\n");
    }

    @Test
    void everyOctetBehindTheBlankLineIsLeftForTls() throws IOException {
        SaidSocket socket = new SaidSocket("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\u0016\u0003\u0001\r\n\r\n");

        ConnectReply reply = CONNECT.ask(socket, EDGE, null);

        assertThat(reply.tunnel()).isTrue();
        assertThat(socket.rest()).isEqualTo("\u0016\u0003\u0001\r\n\r\n");
    }

    @Test
    void anInterimReplyIsPassedOver() throws IOException {
        SaidSocket socket = new SaidSocket("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n");

        assertThat(CONNECT.ask(socket, EDGE, null).status()).isEqualTo(200);
    }

    @Test
    void headersMayBeAsLongAsTheCap() throws IOException {
        String cookie = "Set-Cookie: " + "x".repeat(60_000) + "\r\n";

        assertThat(CONNECT.ask(new SaidSocket("HTTP/1.1 200 OK\r\n" + cookie + "\r\n"), EDGE, null)
                        .status())
                .isEqualTo(200);
        assertThatThrownBy(() -> CONNECT.ask(new SaidSocket("HTTP/1.1 200 OK\r\n" + cookie + cookie), EDGE, null))
                .isInstanceOf(TunnelException.class)
                .hasMessageContaining("65536 octets");
    }

    @Test
    void aProxyThatLeavesHalfwayIsSaidSo() {
        assertThatThrownBy(() -> CONNECT.ask(new SaidSocket("HTTP/1.1 200 O"), EDGE, null))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining("before its answer to CONNECT was complete");
    }

    @Test
    void basicCredentialsGoAlongWhenGiven() {
        assertThat(HttpConnect.request(
                        EDGE, ProxyCredentials.of("Aladdin", "open sesame").basic()))
                .contains("\r\nProxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n");
    }

    @Test
    void aRefusalSaysWhatWasSeenAndWhatToDo() throws IOException {
        HostPort proxy = new HostPort("proxy.office", 3128);
        ConnectReply forbidden = ConnectReply.parse("HTTP/1.1 403 Forbidden\r\n\r\n");
        ConnectReply credentials = ConnectReply.parse("HTTP/1.1 407 Who are you\r\nProxy-Authenticate: NTLM\r\n\r\n");

        assertThat(ConnectRefused.of(proxy, EDGE, forbidden, false))
                .hasMessageContaining(
                        "proxy proxy.office:3128 answered CONNECT edge.pinhole.test:443 with HTTP/1.1 403")
                .hasMessageContaining("allows port 443 only");
        assertThat(ConnectRefused.of(proxy, EDGE, credentials, false)).hasMessageContaining("it wants a user (NTLM)");
    }

    /** A far end that says one octet every nine seconds, for ever, on a clock moved by hand. */
    private static final class DrippingSocket extends Socket {
        private Instant now = Instant.EPOCH;
        private int octets;

        @Override
        public InputStream getInputStream() {
            return new InputStream() {
                @Override
                public int read() {
                    now = now.plusSeconds(9);
                    octets++;
                    return 'x';
                }

                @Override
                public int read(byte[] into, int offset, int length) {
                    into[offset] = (byte) read();
                    return 1;
                }
            };
        }

        @Override
        public void setSoTimeout(int millis) {}
    }

    @Test
    void aPageThatDripsIsNotWaitedForBeyondTheDeadline() throws IOException {
        DrippingSocket dripping = new DrippingSocket();
        HttpConnect connect = new HttpConnect(() -> dripping.now, Duration.ofSeconds(10));
        ConnectReply asks = ConnectReply.parse("HTTP/1.1 407 Who\r\nContent-Length: 65536\r\n\r\n");

        assertThat(connect.keptOpen(dripping, asks)).isFalse();

        assertThat(dripping.octets).isEqualTo(2);
    }

    @Test
    void aPageThatStopsHalfWayIsNoReasonToFail() throws IOException {
        SaidSocket socket = new SaidSocket("half");
        ConnectReply asks = ConnectReply.parse("HTTP/1.1 407 Who\r\nContent-Length: 8\r\n\r\n");

        assertThat(CONNECT.keptOpen(socket, asks)).isFalse();
    }
}

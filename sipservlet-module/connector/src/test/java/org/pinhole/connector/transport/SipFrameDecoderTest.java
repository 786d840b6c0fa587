package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.UnfinishedOctets;

class SipFrameDecoderTest {
    private static final String BEGUN = "MESSAGE sip:a SIP/2.0\r\n";

    @Test
    void whoBeginsAMessageWhenTooManyAreWaitingForTheirEndIsRefused() {
        UnfinishedOctets unfinished = new UnfinishedOctets(BEGUN.length()); // of which one source has a quarter
        EmbeddedChannel phone = phone(unfinished);

        assertThatThrownBy(() -> send(phone, BEGUN))
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("too many messages without an end");
    }

    @Test
    void aMessageThatIsWholeIsNoneOfThem() {
        UnfinishedOctets unfinished = new UnfinishedOctets(BEGUN.length());
        EmbeddedChannel phone = phone(unfinished);

        send(phone, BEGUN + "Content-Length: 0\r\n\r\n");

        assertThat(phone.<Object>readInbound()).isInstanceOf(Frame.class);
        assertThat(unfinished.all()).isZero();
    }

    private static EmbeddedChannel phone(UnfinishedOctets unfinished) {
        return new EmbeddedChannel(new SipFrameDecoder(
                TestConnector.ROOMY, InetAddress.getLoopbackAddress(), unfinished, new ConnectorCounters()));
    }

    private static void send(EmbeddedChannel phone, String text) {
        phone.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }
}

package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.UnfinishedOctets;

class SipFrameDecoderTest {
    private static final String BEGUN = "MESSAGE sip:a SIP/2.0\r\n";

    @Test
    void aMessageThatHasNoEndYetIsHeldUntilItHas() {
        UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);
        EmbeddedChannel phone = phone(unfinished);

        send(phone, BEGUN);
        assertThat(unfinished.all()).isGreaterThanOrEqualTo(BEGUN.length());
        send(phone, "Content-Length: 0\r\n\r\n");

        assertThat(phone.<Object>readInbound()).isInstanceOf(Frame.class);
        assertThat(unfinished.all()).isZero();
    }

    @Test
    void whoseConnectionEndsHoldsNothing() {
        UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);
        EmbeddedChannel phone = phone(unfinished);
        send(phone, BEGUN);

        phone.finishAndReleaseAll();

        assertThat(unfinished.all()).isZero();
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
                TestConnector.ROOMY,
                unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> {}),
                new ConnectorCounters()));
    }

    private static void send(EmbeddedChannel phone, String text) {
        phone.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }
}

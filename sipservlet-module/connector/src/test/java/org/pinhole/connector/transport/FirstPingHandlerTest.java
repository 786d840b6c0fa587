package org.pinhole.connector.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.connector.limit.Network;
import org.pinhole.connector.limit.UnfinishedOctets;

/** What a connection in the clear begins with, on a hand-driven clock. */
class FirstPingHandlerTest {
    private static final String PING = "\r\n\r\n";
    private static final String HEADER = PING + "\0\r\nQUIT\n \0\0\0";

    private static final boolean PROXY = true;

    private final UnfinishedOctets unfinished = new UnfinishedOctets(1_000_000);
    private final EmbeddedChannel connection = new EmbeddedChannel();

    FirstPingHandlerTest() {
        connection.freezeTime();
        comesFrom(PROXY);
    }

    private void comesFrom(boolean proxies) {
        connection
                .pipeline()
                .addLast(
                        "first-ping",
                        new FirstPingHandler(
                                unfinished.of(Network.source(InetAddress.getLoopbackAddress()), () -> {}), proxies));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 11})
    void aProxyHeaderIsNoPingWhereverItIsCut(int cut) {
        assertThatThrownBy(() -> {
                    comes(HEADER.substring(0, cut));
                    passes(FirstPingHandler.MOMENT_MILLIS - 1);
                    comes(HEADER.substring(cut));
                })
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("PROXY protocol header");

        comes("more");
        passes(FirstPingHandler.MOMENT_MILLIS);
        assertThat(passedOn()).isEmpty();
    }

    @Test
    @Tag("O-1")
    void whereNoProxyIsExpectedAPingIsOneAtOnce() {
        connection.pipeline().remove("first-ping");
        comesFrom(!PROXY);

        comes("\r\n\r");
        assertThat(passedOn()).isEmpty();
        comes("\n");

        assertThat(passedOn()).isEqualTo(PING);
        assertThat(unfinished.all()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 11, 16})
    void andAProxyHeaderIsNoneUnlessItIsCutRightThere(int cut) {
        connection.pipeline().remove("first-ping");
        comesFrom(!PROXY);

        assertThatThrownBy(() -> {
                    comes(HEADER.substring(0, cut));
                    comes(HEADER.substring(cut));
                })
                .isInstanceOf(SipFormatException.class)
                .hasMessageContaining("PROXY protocol header");

        assertThat(passedOn()).isEmpty();
    }

    @Test
    void fromWhereProxiesAreAPingThatNothingFollowsIsOneAfterAMoment() {
        comes(PING);
        passes(FirstPingHandler.MOMENT_MILLIS - 1);
        assertThat(passedOn()).isEmpty();
        assertThat(unfinished.all()).isPositive();

        passes(1);
        assertThat(passedOn()).isEqualTo(PING);
        assertThat(unfinished.all()).isZero();

        comes(PING);
        assertThat(passedOn()).isEqualTo(PING);
    }

    @ParameterizedTest
    @ValueSource(strings = {PING + "R", PING + PING, "\r\n\r\r", "\n", "REGISTER ", PING + "\1"})
    void anythingElseIsPassedOnAtOnce(String begin) {
        comes(begin.substring(0, 1));
        comes(begin.substring(1));

        assertThat(passedOn()).isEqualTo(begin);
        assertThat(connection.pipeline().get(FirstPingHandler.class)).isNull();
    }

    private void comes(String octets) {
        connection.writeInbound(Unpooled.copiedBuffer(octets, ISO_8859_1));
    }

    private void passes(int millis) {
        connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
    }

    private String passedOn() {
        StringBuilder all = new StringBuilder();
        for (ByteBuf piece = connection.readInbound(); piece != null; piece = connection.readInbound()) {
            all.append(piece.toString(ISO_8859_1));
            piece.release();
        }
        return all.toString();
    }
}

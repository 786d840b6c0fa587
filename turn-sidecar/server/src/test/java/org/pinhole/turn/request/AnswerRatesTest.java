package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.allocation.FiveTuple;
import org.pinhole.turn.allocation.TransportProtocol;

@Tag("T-18")
class AnswerRatesTest {
    private final AnswerRates rates = new AnswerRates(() -> 0, new Random(5), 10);

    @Test
    void datagramsInTheNameOfANetworkTakeNothingFromItsStreams() {
        assertThat(allowed(TransportProtocol.UDP, 100)).isEqualTo(30);

        assertThat(allowed(TransportProtocol.TLS, 20)).isEqualTo(20);
        assertThat(allowed(TransportProtocol.TCP, 100)).isEqualTo(10);
    }

    @Test
    void anotherRateIsForBoth() {
        rates.set(0);

        assertThat(allowed(TransportProtocol.UDP, 1_000)).isEqualTo(1_000);
        assertThat(allowed(TransportProtocol.TCP, 1_000)).isEqualTo(1_000);
    }

    private int allowed(TransportProtocol transport, int times) {
        FiveTuple client = new FiveTuple(
                transport, new InetSocketAddress("192.0.2.1", 4000), new InetSocketAddress("198.51.100.1", 3478));
        int allowed = 0;
        for (int i = 0; i < times; i++) {
            allowed += rates.allows(client) ? 1 : 0;
        }
        return allowed;
    }
}

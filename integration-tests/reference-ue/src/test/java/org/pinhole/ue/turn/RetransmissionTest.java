package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetransmissionTest {
    @Test
    void overUdpSevenSendingsAtTheTimesOfTheRfcsExample() {
        assertThat(Retransmission.waits(false))
                .extracting(Duration::toMillis)
                .containsExactly(500L, 1000L, 2000L, 4000L, 8000L, 16000L, 8000L);
    }

    @Test
    void overAStreamOneSendingAndTheSameTimeInAll() {
        assertThat(Retransmission.waits(true)).containsExactly(Duration.ofMillis(39_500));
    }
}

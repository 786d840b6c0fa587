package org.pinhole.app.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.UnresolvedAddressException;
import org.junit.jupiter.api.Test;

class TurnProbeTest {
    private boolean up;
    private final TurnProbe probe = new TurnProbe(HostPort.of("192.0.2.1", 443), server -> {
        if (!up) {
            throw new IOException("Connection refused");
        }
    });

    @Test
    void aServerThatWasNeverSeenIsNotThere() {
        assertThat(probe.now()).isFalse();
    }

    @Test
    void itIsThereFromTheFirstAnswerToTheFirstSilence() {
        up = true;
        probe.look();
        assertThat(probe.now()).isTrue();
        up = false;
        probe.look();
        assertThat(probe.now()).isFalse();
        up = true;
        probe.look();
        assertThat(probe.now()).isTrue();
    }

    @Test
    void aNameThatDoesNotResolveIsAServerThatIsNotThere() {
        TurnProbe nowhere = new TurnProbe(HostPort.of("nowhere.invalid", 443), server -> {
            throw new UnresolvedAddressException();
        });

        nowhere.look();

        assertThat(nowhere.now()).isFalse();
    }
}

package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("T-24")
class RelayPortsTest {
    private final RelayPorts ports = new RelayPorts(new PortRange(50000, 50009), new Random(1));

    @Test
    void everyPortOfTheRangeIsGivenOnceAndThenNone() {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            taken.add(ports.take(false));
        }

        assertThat(taken).hasSize(10).allMatch(port -> port >= 50000 && port <= 50009);
        assertThat(ports.take(false)).isEqualTo(RelayPorts.NONE);
    }

    @Test
    void aPortThatIsGivenBackIsGivenAgain() {
        for (int i = 0; i < 10; i++) {
            ports.take(false);
        }

        ports.giveBack(50004);

        assertThat(ports.take(false)).isEqualTo(50004);
    }

    @Test
    void evenPortsAreEvenUntilThereAreNone() {
        for (int i = 0; i < 5; i++) {
            assertThat(ports.take(true) % 2).isZero();
        }

        assertThat(ports.take(true)).isEqualTo(RelayPorts.NONE);
        assertThat(ports.take(false) % 2).isOne();
    }

    @Test
    void portsAreRandomWithinTheRange() {
        RelayPorts other = new RelayPorts(PortRange.DYNAMIC, new Random(2));

        assertThat(other.take(false)).isNotEqualTo(other.take(false) - 1);
    }

    @Test
    void aRangeThatIsNoneIsRefused() {
        assertThat(PortRange.parse("50000-50999")).isEqualTo(new PortRange(50000, 50999));
        assertThatThrownBy(() -> PortRange.parse("50000")).hasMessageContaining("LO-HI");
        assertThatThrownBy(() -> PortRange.parse("a-b")).hasMessageContaining("LO-HI");
        assertThatThrownBy(() -> PortRange.parse("60000-50000")).hasMessageContaining("LO-HI");
        assertThatThrownBy(() -> PortRange.parse("80-443")).hasMessageContaining("1024");
        assertThatThrownBy(() -> PortRange.parse("50000-70000")).hasMessageContaining("65535");
    }
}

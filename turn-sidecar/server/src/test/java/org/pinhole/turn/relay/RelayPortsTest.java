package org.pinhole.turn.relay;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.turn.relay.RelayPorts.Parity;

@Tag("T-24")
class RelayPortsTest {
    private static final RelayAddress ADDRESS = RelayAddress.of(IpLiteral.parse("192.0.2.1"));

    private final RelayPorts ports = new RelayPorts(ADDRESS, new PortRange(50000, 50009), new Random(1));

    @Test
    void everyPortOfTheRangeIsGivenOnceAndThenNone() {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            taken.add(take(Parity.ANY).port());
        }

        assertThat(taken).hasSize(10).allMatch(port -> port >= 50000 && port <= 50009);
        assertThat(ports.take(Parity.ANY)).isNull();
    }

    /** RFC 6056: each port is drawn by itself, so that none says anything of the next. */
    @Test
    void everyPortIsDrawnAnew() {
        Iterator<Integer> draws = List.of(7, 2, 9, 0, 4).iterator();
        RelayPorts drawn = new RelayPorts(ADDRESS, new PortRange(50000, 50009), new Drawing(draws));

        List<Integer> taken = new ArrayList<>();
        while (draws.hasNext()) {
            taken.add(requireNonNull(drawn.take(Parity.ANY)).port());
        }

        assertThat(taken).containsExactly(50007, 50002, 50009, 50000, 50004);
    }

    @Test
    void aPortThatIsReleasedIsGivenAgainAndReleasedOnceOnly() {
        List<PortLease> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(take(Parity.ANY));
        }

        all.get(4).release();
        PortLease again = take(Parity.ANY);
        all.get(4).release();

        assertThat(again.port()).isEqualTo(all.get(4).port());
        assertThat(ports.take(Parity.ANY)).isNull();
    }

    @Test
    void evenPortsAreEvenUntilThereAreNone() {
        for (int i = 0; i < 5; i++) {
            assertThat(take(Parity.EVEN).port() % 2).isZero();
        }

        assertThat(ports.take(Parity.EVEN)).isNull();
        assertThat(take(Parity.ANY).port() % 2).isOne();
    }

    @Test
    @Tag("T-10")
    void aPairIsAnEvenPortAndTheNextOneAndBothAreTaken() {
        Set<Integer> taken = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            PortLease even = take(Parity.EVEN_WITH_NEXT);
            PortLease next = ports.next(even);
            assertThat(even.port() % 2).isZero();
            assertThat(next.port()).isEqualTo(even.port() + 1);
            taken.addAll(List.of(even.port(), next.port()));
        }

        assertThat(taken).hasSize(10);
        assertThat(ports.take(Parity.ANY)).isNull();
    }

    /** coturn 4.17.0 4adbd82e: EVEN-PORT without R leaked the odd port. */
    @Test
    @Tag("T-10")
    void anEvenPortAloneLeavesTheOddOneToOthers() {
        for (int i = 0; i < 5; i++) {
            take(Parity.EVEN);
        }

        for (int i = 0; i < 5; i++) {
            assertThat(take(Parity.ANY).port() % 2).isOne();
        }
    }

    @Test
    @Tag("T-10")
    void withoutAFreePairThereIsNone() {
        for (int i = 0; i < 5; i++) {
            take(Parity.EVEN);
        }
        assertThat(ports.take(Parity.EVEN_WITH_NEXT)).isNull();

        RelayPorts odd = new RelayPorts(ADDRESS, new PortRange(50001, 50002), new Random(1));
        assertThat(odd.take(Parity.EVEN_WITH_NEXT)).isNull();
    }

    @Test
    void portsAreRandomWithinTheRange() {
        RelayPorts other = new RelayPorts(ADDRESS, PortRange.DYNAMIC, new Random(2));

        assertThat(requireNonNull(other.take(Parity.ANY)).port())
                .isNotEqualTo(requireNonNull(other.take(Parity.ANY)).port() - 1);
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

    private PortLease take(Parity parity) {
        return requireNonNull(ports.take(parity));
    }

    /** Says in turn what it was told to. */
    private record Drawing(Iterator<Integer> numbers) implements RandomGenerator {
        @Override
        public int nextInt(int bound) {
            return numbers.next();
        }

        @Override
        public long nextLong() {
            throw new UnsupportedOperationException();
        }
    }
}

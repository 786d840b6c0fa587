package org.pinhole.connector.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfinishedOctetsTest {
    private final UnfinishedOctets unfinished = new UnfinishedOctets(1000);
    private final List<String> ended = new ArrayList<>();

    @Test
    void beyondAQuarterTheOldestOfTheSourceEndsAndNotTheOneThatComes() {
        holds(1, "oldest", 150);
        holds(1, "older", 100);

        holds(1, "newest", 20);

        assertThat(ended).containsExactly("oldest");
        assertThat(unfinished.all()).isEqualTo(120);
        holds(2, "another source", 250);
        assertThat(ended).containsExactly("oldest");
    }

    @Test
    void beyondAllThatThereIsItIsTheSourceThatHoldsMost() {
        for (int source = 1; source <= 3; source++) {
            holds(source, "of " + source, 200 + source);
        }
        holds(4, "of 4", 200);

        holds(5, "of 5", 250);

        assertThat(ended).containsExactly("of 5"); // who brings it about, and holds most
        holds(6, "of 6", 195);
        assertThat(ended).containsExactly("of 5", "of 3");
    }

    @Test
    void whoHoldsNothingMeanwhileIsTheYoungestWhenItHoldsSomeAgain() {
        Holding comesAndGoes = holds(1, "comes and goes", 10);
        holds(1, "stays", 100);
        comesAndGoes.change(-10);
        comesAndGoes.change(10);

        holds(1, "newest", 200);

        assertThat(ended).containsExactly("stays");
    }

    @Test
    void aKnownPhoneHasNoQuarterAndEndsOnlyWhereNoStrangerIsLeft() {
        Holding known = holds(1, "known", 10);
        known.known();
        known.change(900);
        holds(1, "stranger", 50);
        assertThat(ended).isEmpty();

        known.change(60);
        assertThat(ended).containsExactly("stranger");
        known.change(100);
        assertThat(ended).containsExactly("stranger", "known");
        assertThat(unfinished.all()).isZero();
    }

    @Test
    void whoIsOverHoldsNothingWhateverItsStationsSay() {
        Holding one = holds(1, "one", 100);
        Holding known = holds(2, "known", 100);
        known.known();

        one.release();
        one.change(50);
        one.change(-100);
        known.release();
        known.release();

        assertThat(unfinished.all()).isZero();
        assertThat(unfinished.sources()).isZero();
        assertThat(ended).isEmpty();
    }

    private Holding holds(int source, String name, int octets) {
        Holding holding = unfinished.of(source(source), () -> ended.add(name));
        holding.change(octets);
        return holding;
    }

    private static InetAddress source(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

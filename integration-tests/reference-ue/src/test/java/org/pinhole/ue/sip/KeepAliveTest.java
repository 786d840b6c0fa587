package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;

class KeepAliveTest {
    private final HandLoop loop = new HandLoop();
    private final List<Instant> pings = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private boolean ponging = true;
    private final KeepAlive keepAlive = new KeepAlive(loop, new Random(1), this::ping, failures::add);

    private void ping() {
        pings.add(loop.now());
        if (ponging) {
            loop.schedule(Duration.ofMillis(20), () -> keepAlive.pong());
        }
    }

    private List<Duration> gaps() {
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < pings.size(); i++) {
            gaps.add(Duration.between(pings.get(i - 1), pings.get(i)));
        }
        return gaps;
    }

    @Test
    @Tag("U-3")
    void nothingIsSentBeforeAValueCame() {
        keepAlive.negotiated(null);
        loop.pass(Duration.ofHours(1));

        assertThat(pings).isEmpty();
    }

    @Test
    @Tag("U-4")
    @Tag("K-4")
    void pingsComeAtRandomWithinEightyToAHundredPercent() {
        keepAlive.negotiated(45);
        loop.pass(Duration.ofHours(1));

        assertThat(gaps())
                .hasSizeGreaterThan(75)
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(36), Duration.ofSeconds(45)));
        assertThat(new HashSet<>(gaps())).as("each drawn anew").hasSizeGreaterThan(70);
        assertThat(failures).isEmpty();
    }

    @Test
    @Tag("K-5")
    void zeroLeavesThePaceToUs() {
        keepAlive.negotiated(0);
        loop.pass(Duration.ofHours(1));

        assertThat(gaps())
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(95), Duration.ofSeconds(120)));
    }

    @Test
    @Tag("U-3")
    @Tag("K-6")
    void aRefreshWithoutAValueEndsThePings() {
        keepAlive.negotiated(45);
        loop.pass(Duration.ofMinutes(5));
        int before = pings.size();

        keepAlive.negotiated(null);
        loop.pass(Duration.ofMinutes(5));

        assertThat(before).isPositive();
        assertThat(pings).hasSize(before);
    }

    @Test
    @Tag("O-2")
    @Tag("U-4")
    @Tag("K-14")
    void aPongThatStaysAwayForTenSecondsFailsTheFlow() {
        ponging = false;
        keepAlive.negotiated(45);
        loop.pass(Duration.ofSeconds(36));
        while (pings.isEmpty()) {
            loop.pass(Duration.ofMillis(1));
        }

        loop.pass(Duration.ofMillis(9_999));
        assertThat(failures).isEmpty();
        loop.pass(Duration.ofMillis(1));

        assertThat(failures).containsExactly("no pong within 10 s of a ping");
    }

    @Test
    void aPongThatIsLateButWithinTenSecondsIsOne() {
        ponging = false;
        CompletableFuture<Duration> roundTrip = new CompletableFuture<>();
        keepAlive.pingNow(roundTrip);

        loop.pass(Duration.ofMillis(9_900));
        keepAlive.pong();
        loop.pass(Duration.ofMinutes(1));

        assertThat(roundTrip).isCompletedWithValue(Duration.ofMillis(9_900));
        assertThat(failures).isEmpty();
    }

    @Test
    void whoPingsLateOnCommandPingsAThirdAsOften() {
        KeepAlive late = misbehaving(Misbehaviour.LATE_PINGS);

        late.negotiated(10);
        loop.pass(Duration.ofMinutes(10));

        assertThat(gaps())
                .isNotEmpty()
                .allSatisfy(gap -> assertThat(gap).isBetween(Duration.ofSeconds(24), Duration.ofSeconds(30)));
    }

    @Test
    void whoIsSilentOnCommandPingsNever() {
        misbehaving(Misbehaviour.NO_PINGS).negotiated(10);
        loop.pass(Duration.ofMinutes(10));

        assertThat(pings).isEmpty();
    }

    private KeepAlive misbehaving(Misbehaviour how) {
        AtomicReference<KeepAlive> it = new AtomicReference<>();
        Runnable ping = () -> {
            pings.add(loop.now());
            Objects.requireNonNull(it.get()).pong();
        };
        KeepAlive made = new KeepAlive(loop, new Random(1), ping, failures::add, Set.of(how));
        it.set(made);
        return made;
    }

    @Test
    void aPingByHandMeasuresTheRoundTrip() {
        CompletableFuture<Duration> roundTrip = new CompletableFuture<>();

        keepAlive.pingNow(roundTrip);
        loop.pass(Duration.ofSeconds(1));

        assertThat(roundTrip).isCompletedWithValue(Duration.ofMillis(20));
    }

    @Test
    void aLineEndThatNobodyAskedForIsNothing() {
        keepAlive.pong();
        loop.pass(Duration.ofHours(1));

        assertThat(failures).isEmpty();
        assertThat(pings).isEmpty();
    }

    /** Kolmogorov and Smirnov's greatest distance between what was drawn and the even distribution from 36 to 45 s. */
    private double distanceFromEven(List<Duration> drawn) {
        List<Duration> sorted = drawn.stream().sorted().toList();
        double greatest = 0;
        for (int i = 0; i < sorted.size(); i++) {
            double expected = (sorted.get(i).toMillis() - 36_000) / 9_000.0;
            greatest = Math.max(greatest, Math.abs(expected - (double) i / sorted.size()));
            greatest = Math.max(greatest, Math.abs((double) (i + 1) / sorted.size() - expected));
        }
        return greatest;
    }

    @Test
    @Tag("U-4")
    @Tag("K-4")
    void theIntervalsAreSpreadEvenlyByTheTestOfKolmogorovAndSmirnov() {
        keepAlive.negotiated(45);
        loop.pass(Duration.ofHours(12));
        List<Duration> drawn = gaps();

        double critical = 1.63 / Math.sqrt(drawn.size()); // one in a hundred even samples lies further out

        assertThat(drawn).hasSizeGreaterThan(900);
        assertThat(distanceFromEven(drawn)).isLessThan(critical);
        List<Duration> skewed = drawn.stream()
                .filter(gap -> gap.compareTo(Duration.ofSeconds(44)) < 0)
                .toList();
        assertThat(distanceFromEven(skewed)).as("a sample that is not even").isGreaterThan(critical);
    }
}

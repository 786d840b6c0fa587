package org.pinhole.ue.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

@Tag("U-5")
class FlowSetTest {
    /** One dialling, whose outcome the test decides. */
    private record Dialled(int regId, String host, FlowDialer.Outcome<String> outcome) {
        void form() {
            outcome.formed(regId + "@" + host);
        }

        void refuse() {
            outcome.refused("refused by the test", Duration.ZERO);
        }

        String text() {
            return regId + " " + host;
        }
    }

    private final HandLoop loop = new HandLoop();
    private final List<Dialled> dialled = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    private FlowSet<String> set(int count, String... hosts) throws IOException {
        List<TunnelRoute> routes = new ArrayList<>();
        for (String host : hosts) {
            routes.add(TunnelRoute.to(new HostPort(host, 443), Trust.system()));
        }
        FlowListener<String> listener = new FlowListener<>() {
            @Override
            public void formed(int regId, TunnelRoute route, String flow) {
                told.add("formed " + flow);
            }

            @Override
            public void lost(int regId, TunnelRoute route, String reason) {
                told.add("lost " + regId + ": " + reason);
            }

            @Override
            public void refused(int regId, TunnelRoute route, String reason) {
                told.add("refused " + regId);
            }

            @Override
            public void waiting(int regId, Duration time) {
                told.add("waiting " + regId);
            }
        };
        return new FlowSet<>(
                loop,
                new BackOff(new Random(1)),
                routes,
                count,
                (route, regId, outcome) ->
                        dialled.add(new Dialled(regId, route.server().host(), outcome)),
                listener);
    }

    private List<String> dialledTexts() {
        return dialled.stream().map(Dialled::text).toList();
    }

    @Test
    @Tag("O-15")
    void eachEdgeGetsAFlowWithItsRegIdInOrder() throws IOException {
        FlowSet<String> flows = set(2, "one", "two");

        flows.start();
        dialled.get(1).form();
        dialled.get(0).form();

        assertThat(dialledTexts()).containsExactly("1 one", "2 two");
        assertThat(flows.formed()).containsExactly("1@one", "2@two");
    }

    @Test
    void aFlowThatStoodIsReplacedAtOnceUnderTheSameRegId() throws IOException {
        FlowSet<String> flows = set(2, "one", "two");
        flows.start();
        dialled.forEach(Dialled::form);

        dialled.get(0).outcome().lost("pulled");

        assertThat(dialledTexts()).containsExactly("1 one", "2 two", "1 one");
        assertThat(flows.formed()).containsExactly("2@two");
    }

    @Test
    void withASpareEdgeTheFlowMovesThereAndNotToTheOneThatJustDied() throws IOException {
        FlowSet<String> flows = set(1, "one", "two");
        flows.start();
        dialled.get(0).form();

        dialled.get(0).outcome().lost("pulled");
        dialled.get(1).form();

        assertThat(dialledTexts()).containsExactly("1 one", "1 two");
        assertThat(flows.formed()).containsExactly("1@two");
    }

    @Test
    @Tag("O-16")
    void whenAllFailTheFirstRetryComesHalfToOneMinuteLater() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();

        dialled.get(0).refuse();
        loop.pass(Duration.ofMillis(29_999));
        assertThat(dialled).hasSize(1);
        loop.pass(Duration.ofMillis(30_001));

        assertThat(dialled).hasSize(2);
        assertThat(told).containsExactly("refused 1", "waiting 1");
    }

    @Test
    @Tag("O-16")
    void whileAnotherFlowStandsTheRetryWaitsThreeTimesAsLong() throws IOException {
        FlowSet<String> flows = set(2, "one", "two");
        flows.start();
        dialled.get(0).form();

        dialled.get(1).refuse();
        loop.pass(Duration.ofMillis(89_999));
        assertThat(dialled).hasSize(2);
        loop.pass(Duration.ofMillis(90_001));

        assertThat(dialledTexts()).containsExactly("1 one", "2 two", "2 two");
    }

    @Test
    @Tag("O-16")
    void failuresInARowDoubleTheWaitAndAFlowThatStoodStartsAnew() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();
        dialled.get(0).refuse();
        loop.pass(Duration.ofSeconds(60));
        dialled.get(1).refuse();
        loop.pass(Duration.ofMillis(59_999));
        assertThat(dialled).hasSize(2);
        loop.pass(Duration.ofMillis(60_001));

        dialled.get(2).form();
        dialled.get(2).outcome().lost("pulled");
        dialled.get(3).refuse();
        loop.pass(Duration.ofSeconds(60));

        assertThat(dialled).hasSize(5);
    }

    @Test
    void aRegistrarThatAsksForALongerWaitGetsIt() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();

        dialled.get(0).outcome().refused("503", Duration.ofMinutes(5));
        loop.pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(dialled).hasSize(1);
        loop.pass(Duration.ofMillis(1));

        assertThat(dialled).hasSize(2);
    }

    @Test
    void onceStoppedNothingIsDialled() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();
        dialled.get(0).refuse();

        flows.stop();
        loop.pass(Duration.ofHours(1));

        assertThat(dialled).hasSize(1);
    }

    @Test
    void moreFlowsThanEdgesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> set(2, "one")).withMessageContaining("2 flows over 1");
    }

    @Test
    @Tag("O-16")
    void anEdgeThatTakesEveryFlowAndDropsItIsLeftAloneForLongerEachTime() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();
        dialled.get(0).form();
        dialled.get(0).outcome().lost("restarting");
        assertThat(dialled).as("the first time it is replaced at once").hasSize(2);

        dialled.get(1).form();
        dialled.get(1).outcome().lost("restarting");
        loop.pass(Duration.ofMillis(29_999));
        assertThat(dialled).hasSize(2);
        loop.pass(Duration.ofMillis(30_001));
        assertThat(dialled).hasSize(3);

        dialled.get(2).form();
        dialled.get(2).outcome().lost("restarting");
        loop.pass(Duration.ofMillis(59_999));
        assertThat(dialled).as("twice as long").hasSize(3);
        loop.pass(Duration.ofMillis(60_001));
        assertThat(dialled).hasSize(4);
    }

    @Test
    @Tag("O-16")
    void aFlowThatStoodForAWhileIsReplacedAtOnceAgain() throws IOException {
        FlowSet<String> flows = set(1, "one");
        flows.start();
        for (int i = 0; i < 3; i++) {
            dialled.get(i).form();
            loop.pass(Duration.ofMinutes(2));

            dialled.get(i).outcome().lost("pulled");

            assertThat(dialled).hasSize(i + 2);
        }
    }
}

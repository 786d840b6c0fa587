package org.pinhole.ue.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.ue.doubles.HandLoop;

@Tag("U-14")
class AllocationKeeperTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.7", 4000);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private final HandLoop loop = new HandLoop();
    private final List<String> failures = new ArrayList<>();
    private boolean refusing;
    private final ScriptedServer server = new ScriptedServer(true, (self, request) -> {
        if (refusing) {
            self.fail(request, 437);
        } else {
            self.succeed(request, unsealed -> {}, new Lifetime(600));
        }
    });
    private final TurnClient client;
    private final AllocationKeeper keeper;

    AllocationKeeperTest() throws IOException {
        client = new TurnClient(server, new TurnCredentials("alice", "wonder"), (answer, limit) -> answer.getNow(null));
        keeper = new AllocationKeeper(loop, client, TEN_MINUTES, failures::add);
    }

    private List<StunMethod> sent() {
        return server.requests.stream().map(request -> request.type().method()).toList();
    }

    @Test
    void anAllocationIsRefreshedAMinuteBeforeItEndsAgainAndAgain() {
        keeper.start();
        loop.pass(Duration.ofMinutes(9).minusMillis(1));
        assertThat(sent()).isEmpty();

        loop.pass(Duration.ofMillis(1));
        loop.pass(Duration.ofMinutes(9));

        assertThat(sent()).containsExactly(StunMethod.REFRESH, StunMethod.REFRESH);
    }

    @Test
    void aShortOneIsRefreshedAtHalf() {
        assertThat(AllocationKeeper.before(Duration.ofSeconds(90))).isEqualTo(Duration.ofSeconds(45));
        assertThat(AllocationKeeper.before(Duration.ofMinutes(2))).isEqualTo(Duration.ofMinutes(1));
        assertThat(AllocationKeeper.before(Duration.ofHours(1))).isEqualTo(Duration.ofMinutes(59));
    }

    @Test
    void permissionsAreMadeAnewWithinFiveMinutesAndChannelsWithinTen() throws IOException {
        client.permit(PEER);
        client.bindChannel(PEER);
        server.requests.clear();
        keeper.start();

        loop.pass(Duration.ofMinutes(8));
        assertThat(sent()).containsExactly(StunMethod.CREATE_PERMISSION, StunMethod.CREATE_PERMISSION);
        StunMessage again = server.requests.get(0);
        assertThat(again.require(XorPeerAddress.TYPE).address()).isEqualTo(PEER);
        loop.pass(Duration.ofMinutes(1));

        assertThat(sent()).contains(StunMethod.CHANNEL_BIND);
    }

    @Test
    void aRefusalIsToldOnceAndEndsTheRefreshes() {
        keeper.start();
        refusing = true;

        loop.pass(Duration.ofHours(1));

        assertThat(failures)
                .singleElement()
                .asString()
                .startsWith("the relay is lost: ")
                .contains("437");
        assertThat(sent()).containsExactly(StunMethod.REFRESH);
    }

    /** With streams it is otherwise silent for minutes, and a proxy that ends it ends them. */
    @Test
    void theControlConnectionOfATcpRelayShowsLifeEveryTenSeconds() {
        keeper.start();
        keeper.keepControlAlive();

        loop.pass(Duration.ofSeconds(35));

        assertThat(server.requests)
                .hasSize(3)
                .allSatisfy(message -> assertThat(message.type()).isEqualTo(StunMethod.BINDING.indication()));
        assertThat(failures).isEmpty();
    }

    @Test
    void onceClosedNothingIsSent() {
        keeper.start();
        keeper.keepControlAlive();

        keeper.close();
        loop.pass(Duration.ofHours(1));

        assertThat(sent()).isEmpty();
    }
}

package org.pinhole.turn.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.request.Server.ALICE;
import static org.pinhole.turn.request.Server.BOB;
import static org.pinhole.turn.request.Server.code;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.Nonce;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.auth.KeyAnswer;

/** Keys that have to be asked for, by whom and how often. */
@Tag("T-17")
class KeyLookUpTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @Test
    void keysThatCannotBeLookedUpAreATemporaryErrorAndNeverAWrongPassword() {
        Server down = Server.askingLater(CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE));

        StunMessage answer = down.allocate();

        assertThat(code(answer)).isEqualTo(500);
        assertThat(answer.has(Nonce.TYPE)).isFalse();
    }

    @Test
    void aLookUpThatTakesTimeAnswersOnTheClientsEventLoop() {
        CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
        Server waiting = Server.askingLater(later);
        waiting.router.received(
                waiting.client,
                waiting.signed(waiting.client, "alice", ALICE, StunMethod.ALLOCATE, waiting.newId(), UDP));

        later.complete(new KeyAnswer.Known(ALICE));
        assertThat(waiting.client.answers).isEmpty();
        waiting.client.runPosted();

        assertThat(waiting.client.lastAnswer().type().kind()).isEqualTo(StunClass.SUCCESS);
    }

    /** Nobody would ever end what it opens: its connection has been closed already. */
    @Test
    void aClientThatLeavesDuringTheLookUpLeavesNothingBehind() {
        CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
        Server waiting = Server.askingLater(later);
        FakePath leaving = FakePath.tcp(40000);
        waiting.router.received(
                leaving, waiting.signed(leaving, "alice", ALICE, StunMethod.ALLOCATE, waiting.newId(), UDP));

        leaving.open = false;
        waiting.router.closed(leaving);
        later.complete(new KeyAnswer.Known(ALICE));
        leaving.runPosted();

        assertThat(waiting.table.size()).isZero();
        assertThat(waiting.relays.opened).isEmpty();
        assertThat(leaving.answers).isEmpty();
    }

    /** 19,413 questions of one source, each with an invented name, once kept every SIP user out. */
    @Test
    @Tag("T-18")
    void oneSourceHasOnlySoManyNamesLookedUpAtOnceAndTheRestStayWithoutAnAnswer() {
        List<CompletableFuture<KeyAnswer>> asked = new ArrayList<>();
        Server busy = new Server(username -> {
            CompletableFuture<KeyAnswer> later = new CompletableFuture<>();
            asked.add(later);
            return later;
        });

        for (int i = 0; i < 1000; i++) {
            busy.router.received(
                    busy.client,
                    busy.signed(busy.client, "invented" + i, ALICE, StunMethod.ALLOCATE, busy.newId(), UDP));
        }

        assertThat(asked).hasSize(64);
        assertThat(busy.outcomes.stream().filter("3 unanswered"::equals)).hasSize(1000 - 64);
        asked.get(0).complete(KeyAnswer.UNKNOWN);
        busy.router.received(
                busy.client, busy.signed(busy.client, "alice", ALICE, StunMethod.ALLOCATE, busy.newId(), UDP));
        assertThat(asked).hasSize(65);
    }

    @Test
    @Tag("T-18")
    void aSourceThatAsksTooOftenIsNotLookedUpAndAnOwnerIsAndGoesOn() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        });
        server.allocate();
        FakePath stranger = new FakePath(org.pinhole.turn.allocation.TransportProtocol.UDP, 40001);
        server.lookUpsAllowed = false;

        server.router.received(
                stranger, server.signed(stranger, "alice", ALICE, StunMethod.ALLOCATE, server.newId(), UDP));

        assertThat(stranger.answers).isEmpty();
        assertThat(asked).containsExactly("alice");
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
        assertThat(asked).containsExactly("alice", "alice");
    }

    /** Past his network's share, and no more often than that: what is not asked is not served either. */
    @Test
    @Tag("T-18")
    void anOwnerIsLookedUpSoOftenAndBeyondThatStaysWithoutAnAnswer() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        });
        server.allocate();
        server.lookUpsAllowed = false;

        for (int i = 0; i < 100; i++) {
            server.router.received(
                    server.client, server.signed(server.client, "alice", ALICE, StunMethod.REFRESH, server.newId()));
        }

        assertThat(asked).hasSize(1 + 2);
        assertThat(server.outcomes.stream().filter("4 success"::equals)).hasSize(2);
        assertThat(server.outcomes.stream().filter("4 unanswered"::equals)).hasSize(100 - 2);
        server.advance(Duration.ofSeconds(1));
        assertThat(code(server.ask(StunMethod.REFRESH))).isZero();
    }

    /** Who has an allocation has no more names looked up for it than those that may be his own, and few of them. */
    @Test
    @Tag("T-18")
    void namesThatCannotBeTheOwnersAreNotSparedTheLimitAndOthersOnlySoOften() {
        List<String> asked = new ArrayList<>();
        Server server = new Server(username -> {
            asked.add(username);
            return username.equals("alice")
                    ? CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE))
                    : new CompletableFuture<>();
        });
        server.allocate();
        server.lookUpsAllowed = false;

        for (int i = 0; i < 100; i++) {
            for (String name : List.of("invented" + i, "17900036%02d:mallory".formatted(i))) {
                server.router.received(
                        server.client, server.signed(server.client, name, BOB, StunMethod.REFRESH, server.newId()));
            }
        }
        assertThat(asked).containsExactly("alice");
        for (int i = 0; i < 100; i++) {
            String name = "17900036%02d:alice".formatted(i);
            server.router.received(
                    server.client, server.signed(server.client, name, BOB, StunMethod.REFRESH, server.newId()));
        }

        assertThat(asked).containsExactly("alice", "1790003600:alice", "1790003601:alice");
    }

    @Test
    void theOwnerOfAnAllocationIsNotLookedUpAgain() {
        CompletableFuture<KeyAnswer> first = CompletableFuture.completedFuture(new KeyAnswer.Known(ALICE));
        List<CompletableFuture<KeyAnswer>> answers =
                new java.util.ArrayList<>(List.of(first, CompletableFuture.completedFuture(KeyAnswer.UNAVAILABLE)));
        Server once = new Server(username -> answers.remove(0));
        once.allocate();

        assertThat(code(once.ask(StunMethod.REFRESH))).isZero();
    }
}

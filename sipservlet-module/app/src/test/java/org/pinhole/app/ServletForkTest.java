package org.pinhole.app;

import static java.util.Arrays.asList;
import static java.util.Collections.singletonList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;
import org.pinhole.app.chain.Target;
import org.pinhole.app.chain.TargetSet;

/** What becomes of the container's branches as phones answer, flows die and time passes. */
@Tag("O-13")
class ServletForkTest {
    private static final long PATIENCE_SECONDS = 20;

    private final Target desk1 = target("desk1");
    private final Target desk2 = target("desk2");
    private final Target cell = target("cell");
    private final FakeProxy proxy = new FakeProxy("INVITE");
    private final Forks forks = new Forks();
    private final ServletFork fork = fork(proxy, asList(desk1, desk2), singletonList(cell));

    @Test
    void eachPhoneIsTriedByItsBestFlow() {
        assertThat(fork.start()).isTrue();

        assertThat(proxy.started()).containsExactly("sip:bob@desk1 over sip:desk1@e", "sip:bob@cell over sip:cell@e");
    }

    @Test
    void branchesToEqualContactsAreToldApart() {
        ServletFork same = fork(
                proxy,
                singletonList(Target.of("sip:bob@10.0.0.7", singletonList("sip:a@e"), FlowToken.of("a"))),
                singletonList(Target.of("sip:bob@10.0.0.7", singletonList("sip:b@e"), FlowToken.of("b"))));

        same.start();

        assertThat(proxy.keys()).doesNotHaveDuplicates().hasSize(2);
        assertThat(proxy.started()).containsExactly("sip:bob@10.0.0.7 over sip:a@e", "sip:bob@10.0.0.7 over sip:b@e");
    }

    @Test
    void aFailedFlowIsReplacedByTheNextAndItsAnswerLosesAgainstAnyOther() {
        fork.start();
        FakeProxy.Answer failed = proxy.answer(0, 430);

        fork.answered(failed.response());

        assertThat(proxy.started()).endsWith("sip:bob@desk2 over sip:desk2@e").hasSize(3);
        assertThat(failed.status()).isEqualTo(599);
    }

    @Test
    void aBusyPhoneIsNotTriedByItsOtherFlow() {
        fork.start();
        FakeProxy.Answer busy = proxy.answer(0, 486);

        fork.answered(busy.response());

        assertThat(proxy.started()).hasSize(2);
        assertThat(busy.status()).isEqualTo(486);
    }

    @Test
    @Tag("D-15")
    void whoHasToAnswerOnePhonesChallengeIsShownThoseOfTheOthersToo() {
        fork.start();
        FakeProxy.Answer deskAsks = proxy.answer(0, 407)
                .with("Proxy-Authenticate", "Digest algorithm=SHA-256")
                .with("Proxy-Authenticate", "Digest algorithm=MD5");
        FakeProxy.Answer cellAsks = proxy.answer(1, 401)
                .with("WWW-Authenticate", "Digest realm=cell, algorithm=SHA-256")
                .with("WWW-Authenticate", "Digest realm=cell, algorithm=MD5");
        fork.answered(deskAsks.response());
        fork.answered(cellAsks.response());

        fork.chosen(cellAsks.response());

        assertThat(cellAsks.headers("WWW-Authenticate"))
                .containsExactly("Digest realm=cell, algorithm=SHA-256", "Digest realm=cell, algorithm=MD5");
        assertThat(cellAsks.headers("Proxy-Authenticate"))
                .containsExactly("Digest algorithm=SHA-256", "Digest algorithm=MD5");
    }

    @Test
    void onlyAFlowThatHasAnotherBesideItIsTimed() {
        fork.start();
        fork.answered(proxy.answer(0, 430).response());

        assertThat(proxy.timers()).containsExactly("4000 0");
    }

    @Test
    void aSilentFlowIsGivenUpForTheNext() {
        fork.start();

        fork.expired(0);

        assertThat(proxy.started()).endsWith("sip:bob@desk2 over sip:desk2@e").hasSize(3);
        assertThat(proxy.calls(0)).containsExactly("setProxyBranchTimeout 1");
    }

    @Test
    void aFlowThatHasSaidAnythingIsNotSilent() {
        fork.start();
        proxy.answer(0, 100);

        fork.expired(0);

        assertThat(proxy.started()).hasSize(2);
        assertThat(proxy.calls(0)).isEmpty();
    }

    @Test
    void aFlowThatDiesWhileItsPhoneRingsIsGivenUp() {
        fork.start();
        proxy.answer(0, 180);

        forks.flowClosed(desk1.flow());
        assertThat(proxy.timers()).endsWith("1 0");
        fork.expired(0);

        assertThat(proxy.started()).endsWith("sip:bob@desk2 over sip:desk2@e").hasSize(3);
    }

    /** It is told on an event loop, for which hundreds of other phones wait. */
    @Test
    void whoTellsThatAFlowHasDiedDoesNotWaitForTheContainerToSend() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch sent = new CountDownLatch(1);
        proxy.onStart(() -> {
            sending.countDown();
            await(sent);
        });
        Thread container = new Thread(fork::start);
        container.start();
        await(sending);

        Thread eventLoop = new Thread(() -> forks.flowClosed(desk1.flow()));
        eventLoop.start();
        eventLoop.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        boolean waits = eventLoop.isAlive();
        sent.countDown();
        container.join();
        eventLoop.join();

        assertThat(waits).isFalse();
        assertThat(proxy.timers()).contains("1 0");
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void theLastFlowThatDiesEndsItsBranch() {
        fork.start();

        forks.flowClosed(cell.flow());
        fork.expired(1);

        assertThat(proxy.started()).hasSize(2);
        assertThat(proxy.calls(1)).containsExactly("setProxyBranchTimeout 1");
    }

    @Test
    void aPhoneThatRingsOnAFlowThatWasGivenUpIsCancelledThere() {
        fork.start();
        fork.expired(0);

        fork.rings(proxy.answer(0, 180).response());
        fork.rings(proxy.answer(2, 180).response());

        assertThat(proxy.calls(0)).endsWith("cancel");
        assertThat(proxy.calls(2)).isEmpty();
    }

    @Test
    void theLateFailureOfAFlowThatWasGivenUpChangesNothingAndLosesToo() {
        fork.start();
        fork.expired(0);
        FakeProxy.Answer late = proxy.timeout(0);

        fork.answered(late.response());

        assertThat(proxy.started()).hasSize(3);
        assertThat(late.status()).isEqualTo(599);
    }

    @Test
    void aTransactionThatTimesOutIsAFailedFlow() {
        fork.start();

        fork.answered(proxy.timeout(0).response());

        assertThat(proxy.started()).endsWith("sip:bob@desk2 over sip:desk2@e").hasSize(3);
    }

    @Test
    void whatTheContainerSaysToTheCallerByItselfIsNoBranchsAnswer() {
        fork.start();
        FakeProxy.Answer ringingTooLong = proxy.containersOwn(0, 408);

        fork.answered(ringingTooLong.response());

        assertThat(proxy.started()).hasSize(2);
        assertThat(ringingTooLong.status()).isEqualTo(408);
    }

    @Test
    void afterTheCallersCancelOrAnAnswerNothingIsTriedAndNothingIsKept() {
        fork.start();
        fork.end();

        fork.answered(proxy.answer(0, 430).response());
        fork.expired(0);

        assertThat(proxy.started()).hasSize(2);
        assertThat(forks.flows()).isZero();
    }

    @Test
    void aFlowThatTakesNothingIsPassedOver() {
        proxy.refuse("sip:bob@desk1");

        assertThat(fork.start()).isTrue();

        assertThat(proxy.started()).contains("sip:bob@desk2 over sip:desk2@e", "sip:bob@cell over sip:cell@e");
        assertThat(proxy.calls(0)).containsExactly("setProxyBranchTimeout 1");
    }

    @Test
    void whenNoFlowTakesAnythingItIsSaid() {
        proxy.refuse("sip:bob@desk1");
        proxy.refuse("sip:bob@desk2");
        proxy.refuse("sip:bob@cell");

        assertThat(fork.start()).isFalse();
        assertThat(forks.flows()).isZero();
    }

    @Test
    void theFirstPhoneThatTakesAMessageSettlesIt() {
        FakeProxy message = new FakeProxy("MESSAGE");
        ServletFork sent = fork(message, singletonList(desk1), singletonList(cell));
        sent.start();

        sent.answered(message.answer(0, 200).response());
        assertThat(message.timers()).containsExactly("100 1");
        sent.expired(1);

        assertThat(message.calls(1)).containsExactly("setProxyBranchTimeout 1");
        assertThat(forks.flows()).isZero();
    }

    @Test
    @Tag("O-18")
    @Tag("trap-8")
    void aFailedFlowIsToldToTheCallerAsAPhoneThatCannotBeReached() {
        fork.start();
        FakeProxy.Answer failed = proxy.answer(1, 430);
        fork.answered(failed.response());

        FailedBranch.forTheCaller(failed.response());

        assertThat(failed.status()).isEqualTo(480);
    }

    @Test
    @Tag("O-18")
    @Tag("trap-8")
    void a430OfWhoeverIsBehindUsIsNoneOfTheCallersEither() {
        FakeProxy.Answer answer = proxy.answer(430);

        FailedBranch.forTheCaller(answer.response());

        assertThat(answer.status()).isEqualTo(480);
    }

    @Test
    void aTimeoutAndAPhonesOwnAnswerAreToldAsTheyAre() {
        fork.start();
        FakeProxy.Answer timeout = proxy.timeout(1);
        fork.answered(timeout.response());
        FakeProxy.Answer busy = proxy.answer(486);

        FailedBranch.forTheCaller(timeout.response());
        FailedBranch.forTheCaller(busy.response());

        assertThat(timeout.status()).isEqualTo(408);
        assertThat(busy.status()).isEqualTo(486);
    }

    private ServletFork fork(FakeProxy over, List<Target> onePhone, List<Target> otherPhone) {
        TargetSet targets = TargetSet.of(asList(onePhone, otherPhone), 4);
        return new ServletFork(over.request(), over.proxy(), targets, over.outgoing(forks));
    }

    private static Target target(String name) {
        return Target.of("sip:bob@" + name, singletonList("sip:" + name + "@e"), FlowToken.of(name));
    }
}

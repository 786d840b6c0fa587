package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.StepResult;

/** For how long a nonce serves, and for whom. */
class NonceUseTest {
    private static final String URI = GuardedRealm.URI;

    private final GuardedRealm realm = GuardedRealm.of();

    @Test
    @Tag("D-7")
    @Tag("D-14")
    void aCountIsAcceptedOnce() {
        String challenge = realm.challenge();
        assertThat(realm.handle(realm.authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);

        assertThat(realm.challenges(realm.authorized(challenge, 1))).allMatch(answer -> answer.contains("stale=true"));
        assertThat(realm.handle(realm.authorized(challenge, 3))).isEqualTo(StepResult.CONTINUE);
        assertThat(realm.handle(realm.authorized(challenge, 2))).as("overtaken").isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-7")
    void anInventedNonceIsNotAccepted() {
        String invented = "Digest realm=\"pinhole.test\", nonce=\"invented\", algorithm=MD5";

        assertThat(realm.challenges(realm.authorized(invented, 1))).allMatch(answer -> answer.contains("stale=true"));
    }

    @Test
    @Tag("D-8")
    @Tag("D-14")
    void anExpiredNonceWithTheRightResponseIsStale() {
        String challenge = realm.challenge();
        realm.clock().advanceSeconds(301);

        assertThat(realm.challenges(realm.authorized(challenge, 1))).allMatch(answer -> answer.contains("stale=true"));
    }

    @Test
    @Tag("D-8")
    @Tag("trap-12")
    void aNonceOfTheFlowThatDiedMeanwhileIsStaleAndTheNextTryGoesThrough() {
        FakeFlow next = new FakeFlow("f2");
        String challenge = realm.challenge();
        FakeExchange moved = FakeExchange.register("alice", next)
                .with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1));

        List<String> fresh = realm.challenges(moved);
        FakeExchange again = FakeExchange.register("alice", next)
                .with("Authorization", Phone.alice().answer(fresh, "REGISTER", URI, 1));

        assertThat(fresh).allMatch(answer -> answer.contains("stale=true"));
        assertThat(realm.handle(again)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-8")
    @Tag("D-14")
    void aWrongPasswordIsNeverStaleSoThatNoGuessIsConfirmed() {
        String challenge = realm.challenge();
        realm.clock().advanceSeconds(301);
        FakeExchange guess = realm.register()
                .with("Authorization", new Phone("alice", "guess").answer(challenge, "REGISTER", URI, 1));

        assertThat(realm.challenges(guess)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-9")
    void anAgingNonceIsFollowedByTheNextAndBothAreGood() {
        String challenge = realm.challenge();
        FakeExchange early = realm.authorized(challenge, 1);
        realm.handle(early);
        realm.clock().advanceSeconds(150);
        FakeExchange late = realm.authorized(challenge, 2);

        realm.handle(late);

        String info = late.successHeaders().get("Authentication-Info");
        String next = challenge.replace(
                Phone.parameter(challenge, "nonce"), Phone.parameter(String.valueOf(info), "nextnonce"));
        assertThat(early.successHeaders().get("Authentication-Info")).doesNotContain("nextnonce");
        assertThat(realm.handle(realm.authorized(challenge, 3))).isEqualTo(StepResult.CONTINUE);
        assertThat(realm.handle(realm.authorized(next, 1))).isEqualTo(StepResult.CONTINUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    @Tag("D-10")
    @Tag("trap-13")
    void aSessionKeepsTheCnonceThatItBeganWith(int algorithm) {
        String challenge = realm.challenges(realm.register()).get(algorithm);
        assertThat(realm.handle(realm.authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);
        FakeExchange later = realm.register()
                .with("Authorization", Phone.alice().laterInTheSession().answer(challenge, "REGISTER", URI, 2));

        assertThat(realm.handle(later)).isEqualTo(StepResult.CONTINUE);
    }
}

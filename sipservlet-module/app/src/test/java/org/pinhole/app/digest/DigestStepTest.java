package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.StepResult;

class DigestStepTest {
    private static final String URI = GuardedRealm.URI;

    private GuardedRealm realm = GuardedRealm.of();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    @Tag("D-2")
    void letsTheRightUserThroughWithAnyAlgorithm(int algorithm) {
        String challenge = realm.challenges(realm.register()).get(algorithm);
        FakeExchange request =
                realm.register().with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1));

        assertThat(realm.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.identity()).isNotNull().extracting(Identity::user).isEqualTo("alice");
    }

    @Test
    @Tag("D-9")
    void provesToThePhoneThatTheServerKnowsTheSecretToo() {
        String challenge = realm.challenge();
        FakeExchange request = realm.authorized(challenge, 1);

        realm.handle(request);

        assertThat(request.successHeaders().get("Authentication-Info"))
                .contains("rspauth=\"" + Phone.alice().expectedRspauth(challenge, URI, 1) + "\"")
                .contains("nc=00000001")
                .contains("qop=auth")
                .contains("cnonce=\"");
    }

    @Test
    void otherRequestsAreChallengedAsByAProxyAndLoseOurCredentials() {
        FakeExchange first = realm.invite();
        realm.handle(first);
        List<String> challenges = first.answer().values("Proxy-Authenticate");
        String uri = "sip:bob@pinhole.test";
        FakeExchange second = realm.invite()
                .with("Proxy-Authorization", "Digest username=\"a\", realm=\"elsewhere\", nonce=\"x\"")
                .with("Proxy-Authorization", Phone.alice().answer(challenges, "INVITE", uri, 1));

        StepResult result = realm.handle(second);

        assertThat(first.answer().status()).isEqualTo(407);
        assertThat(result).isEqualTo(StepResult.CONTINUE);
        assertThat(second.headers("Proxy-Authorization"))
                .singleElement()
                .asString()
                .contains("elsewhere");
        assertThat(second.successHeaders()).isEmpty();
    }

    @Test
    @Tag("D-12")
    void whatIsForOthersIsPassedOnAsItCame() {
        String odd = "digest  REALM=other , nonce=\"x\",username=\"a\"";
        String challenge = realm.challenge();
        String ours = Phone.alice().answer(challenge, "REGISTER", URI, 1);
        FakeExchange request = realm.register().with("Authorization", odd).with("Authorization", ours);

        assertThat(realm.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.headers("Authorization")).containsExactly(odd, ours);
    }

    @Test
    @Tag("D-1")
    void nobodyIsTalkedIntoAWeakerAlgorithmThanTheUserHas() {
        realm = GuardedRealm.of((user, realm, algorithm) ->
                algorithm.equals("SHA-256") ? GuardedRealm.ALICE.findHa1(user, realm, algorithm) : null);
        List<String> challenges = realm.challenges(realm.register());

        assertThat(realm.challenges(realm.authorized(challenges.get(1), 1)))
                .noneMatch(answer -> answer.contains("stale"));
        assertThat(realm.handle(realm.authorized(challenges.get(0), 1))).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-1")
    void whoAnswersSeveralChallengesIsHeldToTheOneThatWeLikeBest() {
        List<String> challenges = realm.challenges(realm.register());
        FakeExchange both = realm.register()
                .with("Authorization", new Phone("alice", "guess").answer(challenges.get(1), "REGISTER", URI, 1))
                .with("Authorization", Phone.alice().answer(challenges.get(0), "REGISTER", URI, 1));

        assertThat(realm.handle(both)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    void malformedCredentialsAreABadRequest() {
        FakeExchange request = realm.register().with("Authorization", "Digest username=\"alice");

        realm.handle(request);

        assertThat(request.answer().status()).isEqualTo(400);
    }
}

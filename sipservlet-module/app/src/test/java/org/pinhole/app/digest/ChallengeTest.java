package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.Phone;

/** What a phone is asked for that has not proved who it is. */
class ChallengeTest {
    private final GuardedRealm realm = GuardedRealm.of();

    @Test
    @Tag("D-1")
    void challengesWithEachAlgorithmInTheServersOrder() {
        List<String> challenges = realm.challenges(realm.register());

        assertThat(challenges)
                .extracting(challenge -> Phone.parameter(challenge, "algorithm"))
                .containsExactly("SHA-256", "MD5", "SHA-512-256", "SHA-256-sess", "MD5-sess", "SHA-512-256-sess");
        assertThat(challenges)
                .allMatch(challenge -> Phone.parameter(challenge, "realm").equals(GuardedRealm.REALM));
    }

    @Test
    @Tag("D-3")
    void alwaysSendsQop() {
        assertThat(realm.challenges(realm.register())).allMatch(challenge -> challenge.contains("qop=\"auth\""));
    }

    @Test
    @Tag("D-5")
    void neverOffersBasicAndNeverTakesIt() {
        FakeExchange basic = realm.register().with("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA==");

        assertThat(realm.challenges(basic)).allMatch(challenge -> challenge.startsWith("Digest "));
    }

    @Test
    @Tag("D-16")
    void theFirstRegisterOfAnImsPhoneIsPlainlyChallenged() {
        FakeExchange first = realm.register()
                .with(
                        "Authorization",
                        "Digest username=\"alice@pinhole.test\", realm=\"pinhole.test\", nonce=\"\","
                                + " uri=\"sip:pinhole.test\", response=\"\"");

        assertThat(realm.challenges(first)).noneMatch(answer -> answer.contains("stale"));
        assertThat(first.answer().status()).isEqualTo(401);
    }
}

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
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.StepResult;

/** Users whose phones send the hash of their names (RFC 7616 §3.4.4). */
class HashedNameTest {
    private static final String URI = GuardedRealm.URI;

    private GuardedRealm realm = GuardedRealm.of();

    @Test
    @Tag("D-11")
    void aHashedNameIsTakenWhereItIsOffered() {
        Phone shy = Phone.alice().withoutName();
        String plain = realm.challenge();
        List<String> refused =
                realm.challenges(realm.register().with("Authorization", shy.answer(plain, "REGISTER", URI, 1)));
        realm = GuardedRealm.of(DigestPolicy.of(DigestAlgorithm.SHA_256).withUserhash(true));
        String challenge = realm.challenge();
        FakeExchange request = realm.register().with("Authorization", shy.answer(challenge, "REGISTER", URI, 1));

        assertThat(refused).noneMatch(answer -> answer.contains("stale") || answer.contains("userhash"));
        assertThat(challenge).contains("userhash=true");
        assertThat(realm.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.identity()).isNotNull().extracting(Identity::user).isEqualTo("alice");
    }

    @Test
    @Tag("D-13")
    void aHashTellsNoMoreOfWhoExistsThanANameInClearDoes() {
        realm = GuardedRealm.of(DigestPolicy.of(DigestAlgorithm.SHA_256).withUserhash(true));
        String challenge = realm.challenge();
        for (int nc = 1; nc <= 3; nc++) {
            realm.guess("alice", challenge, nc);
            realm.guess("nobody", challenge, nc);
        }

        Reply known = realm.guess(new Phone("alice", "guess").withoutName(), challenge, 4)
                .answer();
        Reply unknown = realm.guess(new Phone("nobody", "guess").withoutName(), challenge, 4)
                .answer();

        assertThat(known.toString()).isEqualTo(unknown.toString()).startsWith("500");
    }

    /** He would have three guesses for each. */
    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    @Tag("D-13")
    void aNameInClearByAnyAlgorithmAndItsHashAreOneAccount(String name) {
        realm = GuardedRealm.of(
                DigestPolicy.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5).withUserhash(true));
        List<String> challenges = realm.challenges(realm.register());
        Phone clear = new Phone(name, "guess");

        realm.guess(clear, challenges.get(0), 1);
        realm.guess(clear, challenges.get(1), 2);
        Reply third = realm.guess(clear.withoutName(), challenges.get(0), 3).answer();
        Reply otherHash = realm.guess(clear.withoutName(), challenges.get(1), 4).answer();

        assertThat(third.status()).isEqualTo(401);
        assertThat(realm.guess(clear, challenges.get(1), 5).answer().status()).isEqualTo(500);
        assertThat(challenges.get(0)).contains("userhash=true");
        assertThat(challenges.get(1)).doesNotContain("userhash");
        assertThat(otherHash.status()).as("was not offered").isEqualTo(401);
    }
}

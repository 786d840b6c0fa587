package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.StepResult;

/** Whoever guesses learns neither a password nor who has one, and not for long. */
class GuessingTest {
    private static final String URI = GuardedRealm.URI;

    private GuardedRealm realm = GuardedRealm.of();

    @Test
    @Tag("D-13")
    void anUnknownUserGetsWhatAWrongPasswordGets() {
        String challenge = realm.challenge();

        FakeExchange wrong = realm.guess("alice", challenge, 1);
        FakeExchange unknown = realm.guess("nobody", challenge, 1);

        assertThat(GuardedRealm.withoutNonce(unknown.answer().values("WWW-Authenticate")))
                .isEqualTo(GuardedRealm.withoutNonce(wrong.answer().values("WWW-Authenticate")))
                .isNotEmpty();
        assertThat(unknown.answer().toString()).isEqualTo(wrong.answer().toString());
    }

    @Test
    @Tag("D-13")
    void anUnknownUserCostsTheStoresWhatAWrongPasswordDoes() {
        List<String> asked = new ArrayList<>();
        CredentialStore one = (user, realm, algorithm) -> {
            asked.add("one");
            return GuardedRealm.ALICE.findHa1(user, realm, algorithm);
        };
        CredentialStore two = (user, realm, algorithm) -> {
            asked.add("two");
            return null;
        };
        realm = GuardedRealm.of(one, two);
        String challenge = realm.challenge();

        realm.guess("alice", challenge, 1);
        realm.guess("nobody", challenge, 1);

        assertThat(asked).containsExactly("one", "two", "one", "two");
    }

    @Test
    @Tag("D-13")
    void whileAStoreIsDownAWrongPasswordForAUserOfTheOneBeforeLooksLikeAnUnknownUser() {
        AtomicBoolean down = new AtomicBoolean(true);
        realm = GuardedRealm.of(GuardedRealm.ALICE, (user, realm, algorithm) -> {
            if (down.get()) {
                throw new CredentialsUnavailableException("down");
            }
            return null;
        });
        String challenge = realm.challenge();
        assertThat(realm.handle(realm.authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);

        for (int nc = 2; nc < 10; nc++) {
            Reply wrong = realm.guess("alice", challenge, nc).answer();
            Reply unknown = realm.guess("nobody", challenge, nc).answer();
            assertThat(wrong.toString()).isEqualTo("503 Credentials Not Available");
            assertThat(unknown.toString()).isEqualTo("503 Credentials Not Available");
        }
        FakeExchange found = realm.authorized(challenge, 20);
        realm.handle(found);
        assertThat(found.answer().toString()).as("each counts").isEqualTo("503 Credentials Not Available");

        down.set(false);
        assertThat(realm.guess("alice", challenge, 21).answer().status())
                .as("nobody is locked out, whoever the first store knows")
                .isEqualTo(realm.guess("nobody", challenge, 21).answer().status())
                .isEqualTo(401);
        assertThat(realm.handle(realm.authorized(challenge, 22))).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    void whoGuessesIsLockedOutForAWhileAndHisNeighbourIsNot() {
        String challenge = realm.challenge();
        assertThat(realm.handle(realm.authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);
        for (int nc = 0; nc < 3; nc++) {
            realm.guess("bob", challenge, nc + 1);
        }
        FakeExchange bob = realm.guess("bob", challenge, 9);

        assertThat(bob.answer().toString())
                .as("not 503, which is said of the server (RFC 3261 21.5.4)")
                .isEqualTo("500 Too Many Wrong Passwords");
        assertThat(bob.answer().values("Retry-After")).containsExactly("60");
        assertThat(realm.handle(realm.authorized(challenge, 2))).isEqualTo(StepResult.CONTINUE);
        realm.clock().advanceSeconds(60);
        assertThat(realm.guess("bob", challenge, 10).answer().status()).isEqualTo(401);
    }

    /** A data base that ignores case would give him ten guesses for each. */
    @ParameterizedTest
    @ValueSource(strings = {"alice", "nobody"})
    @Tag("D-13")
    void manySpellingsOfANameAreOneAccount(String name) {
        String challenge = realm.challenge();

        realm.guess(name.toUpperCase(Locale.ROOT), challenge, 1);
        realm.guess(name.replace('o', '\u00f6').replace('i', '\u00ef') + " ", challenge, 2);
        realm.guess(name.substring(0, 1).toUpperCase(Locale.ROOT) + '\u200b' + name.substring(1), challenge, 3);

        assertThat(realm.guess(name, challenge, 4).answer().status()).isEqualTo(500);
    }

    @Test
    void whatOnePhoneOfAnEdgeGuessesDoesNotLockOutTheOthers() {
        FakeFlow edge = new FakeFlow("edge", Collections.singletonMap("pinhole.edge-sources", "198.51.100.7"));
        String challenge = realm.challenge();
        for (int nc = 1; nc <= 40; nc++) {
            FakeExchange guess = FakeExchange.register("user" + nc, edge)
                    .with("Authorization", new Phone("user" + nc, "guess").answer(challenge, "REGISTER", URI, nc));
            assertThat(realm.challenges(guess)).isNotEmpty();
        }

        FakeExchange alice = FakeExchange.register("alice", edge);
        String own = realm.challenges(alice).get(0);
        FakeExchange proves = FakeExchange.register("alice", edge)
                .with("Authorization", Phone.alice().answer(own, "REGISTER", URI, 1));
        assertThat(realm.handle(proves)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-16")
    @Tag("trap-12")
    void neitherAnEmptyAnswerNorAStaleOneCountsAsAGuess() {
        String empty = "Digest username=\"alice\", realm=\"pinhole.test\", nonce=\"\", uri=\"sip:pinhole.test\","
                + " response=\"\"";
        String challenge = realm.challenges(realm.register()).get(0);
        realm.clock().advanceSeconds(301);
        for (int nc = 1; nc < 10; nc++) {
            realm.challenges(realm.register().with("Authorization", empty));
            realm.challenges(realm.authorized(challenge, nc));
        }

        String fresh = realm.challenges(realm.register()).get(0);
        assertThat(realm.handle(realm.authorized(fresh, 1))).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    void aStoreThatCannotSayIsTriedAgainLater() {
        realm = GuardedRealm.of((user, realm, algorithm) -> {
            throw new CredentialsUnavailableException("down");
        });

        FakeExchange request = realm.authorized(realm.challenge(), 1);
        realm.handle(request);

        assertThat(request.answer().status()).isEqualTo(503);
        assertThat(request.answer().values("Retry-After"))
                .singleElement()
                .satisfies(seconds -> assertThat(Integer.parseInt(seconds)).isBetween(5, 15));
    }

    @Test
    void aStoreThatFailsInAWayOfItsOwnCannotSayEither() {
        realm = GuardedRealm.of((user, realm, algorithm) -> {
            throw new IllegalStateException("a fault of its author's");
        });

        FakeExchange request = realm.authorized(realm.challenge(), 1);
        realm.handle(request);

        assertThat(request.answer().status()).isEqualTo(503);
    }
}

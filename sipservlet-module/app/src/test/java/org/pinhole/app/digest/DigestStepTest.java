package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.api.spi.CredentialsUnavailableException;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.credentials.StoresInOrder;

class DigestStepTest {
    private static final String REALM = "pinhole.test";
    private static final String URI = "sip:pinhole.test";

    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("f1");
    private DigestStep step = step(new Alice());

    private DigestStep step(CredentialStore store) {
        return step(
                store,
                DigestPolicy.of(
                        DigestAlgorithm.SHA_256,
                        DigestAlgorithm.MD5,
                        DigestAlgorithm.SHA_512_256,
                        DigestAlgorithm.SHA_256_SESS,
                        DigestAlgorithm.MD5_SESS,
                        DigestAlgorithm.SHA_512_256_SESS));
    }

    private DigestStep step(CredentialStore store, DigestPolicy policy) {
        DigestState state = DigestState.fresh(new Lockout(3, 60_000, clock), clock);
        return new DigestStep(DigestRealms.of(
                Collections.singletonList(new RealmGuard(REALM, policy, StoresInOrder.of(store), state, clock))));
    }

    @Test
    @Tag("D-1")
    void challengesWithEachAlgorithmInTheServersOrder() {
        List<String> challenges = challenges(register());

        assertThat(challenges)
                .extracting(challenge -> Phone.parameter(challenge, "algorithm"))
                .containsExactly("SHA-256", "MD5", "SHA-512-256", "SHA-256-sess", "MD5-sess", "SHA-512-256-sess");
        assertThat(challenges)
                .allMatch(challenge -> Phone.parameter(challenge, "realm").equals(REALM));
    }

    @Test
    @Tag("D-3")
    void alwaysSendsQop() {
        assertThat(challenges(register())).allMatch(challenge -> challenge.contains("qop=\"auth\""));
    }

    @Test
    @Tag("D-5")
    void neverOffersBasicAndNeverTakesIt() {
        FakeExchange basic = register().with("Authorization", "Basic YWxpY2U6d29uZGVybGFuZA==");

        assertThat(challenges(basic)).allMatch(challenge -> challenge.startsWith("Digest "));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    @Tag("D-2")
    void letsTheRightUserThroughWithAnyAlgorithm(int algorithm) {
        String challenge = challenges(register()).get(algorithm);
        FakeExchange request = register().with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1));

        assertThat(step.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.identity()).isNotNull().extracting(Identity::user).isEqualTo("alice");
    }

    @Test
    @Tag("D-9")
    void provesToThePhoneThatTheServerKnowsTheSecretToo() {
        String challenge = challenges(register()).get(0);
        FakeExchange request = authorized(challenge, 1);

        step.handle(request);

        assertThat(request.successHeaders().get("Authentication-Info"))
                .contains("rspauth=\"" + Phone.alice().expectedRspauth(challenge, URI, 1) + "\"")
                .contains("nc=00000001")
                .contains("qop=auth")
                .contains("cnonce=\"");
    }

    @Test
    void otherRequestsAreChallengedAsByAProxyAndLoseOurCredentials() {
        FakeExchange first = invite();
        step.handle(first);
        List<String> challenges = first.answer().values("Proxy-Authenticate");
        String uri = "sip:bob@pinhole.test";
        FakeExchange second = invite().with(
                        "Proxy-Authorization", "Digest username=\"a\", realm=\"elsewhere\", nonce=\"x\"")
                .with("Proxy-Authorization", Phone.alice().answer(challenges, "INVITE", uri, 1));

        StepResult result = step.handle(second);

        assertThat(first.answer().status()).isEqualTo(407);
        assertThat(result).isEqualTo(StepResult.CONTINUE);
        assertThat(second.headers("Proxy-Authorization"))
                .singleElement()
                .asString()
                .contains("elsewhere");
        assertThat(second.successHeaders()).isEmpty();
    }

    @Test
    @Tag("D-6")
    @Tag("trap-13")
    void theUriMayDifferFromTheRequestUriWithinOurDomain() {
        FakeExchange first = invite();
        step.handle(first);
        String challenge = first.answer().values("Proxy-Authenticate").get(0);
        for (String uri :
                Arrays.asList("sip:pinhole.test", "sip:192.0.2.1:443;transport=tls", "sip:bob@PINHOLE.test")) {
            FakeExchange again = invite();
            int nc = uri.length();

            again.with("Proxy-Authorization", Phone.alice().answer(challenge, "INVITE", uri, nc));

            assertThat(step.handle(again)).as(uri).isEqualTo(StepResult.CONTINUE);
        }
    }

    @Test
    @Tag("D-6")
    void theUriOfAnotherResourceIsABadRequest() {
        String challenge = challenges(register()).get(0);
        FakeExchange request =
                register().with("Authorization", Phone.alice().answer(challenge, "REGISTER", "sip:elsewhere.test", 1));

        step.handle(request);

        assertThat(request.answer().status()).isEqualTo(400);
    }

    @Test
    @Tag("D-6")
    @Tag("trap-13")
    void theMethodIsThatOfTheRequest() {
        String challenge = challenges(register()).get(0);
        FakeExchange request = register().with("Authorization", Phone.alice().answer(challenge, "INVITE", URI, 1));

        assertThat(challenges(request)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-12")
    void whatIsForOthersIsPassedOnAsItCame() {
        String odd = "digest  REALM=other , nonce=\"x\",username=\"a\"";
        String challenge = challenges(register()).get(0);
        String ours = Phone.alice().answer(challenge, "REGISTER", URI, 1);
        FakeExchange request = register().with("Authorization", odd).with("Authorization", ours);

        assertThat(step.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.headers("Authorization")).containsExactly(odd, ours);
    }

    @Test
    @Tag("D-7")
    @Tag("D-14")
    void aCountIsAcceptedOnce() {
        String challenge = challenges(register()).get(0);
        assertThat(step.handle(authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);

        assertThat(challenges(authorized(challenge, 1))).allMatch(answer -> answer.contains("stale=true"));
        assertThat(step.handle(authorized(challenge, 3))).isEqualTo(StepResult.CONTINUE);
        assertThat(step.handle(authorized(challenge, 2))).as("overtaken").isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-7")
    void anInventedNonceIsNotAccepted() {
        String invented = "Digest realm=\"pinhole.test\", nonce=\"invented\", algorithm=MD5";

        assertThat(challenges(authorized(invented, 1))).allMatch(answer -> answer.contains("stale=true"));
    }

    @Test
    @Tag("D-8")
    @Tag("D-14")
    void anExpiredNonceWithTheRightResponseIsStale() {
        String challenge = challenges(register()).get(0);
        clock.advanceSeconds(301);

        assertThat(challenges(authorized(challenge, 1))).allMatch(answer -> answer.contains("stale=true"));
    }

    @Test
    @Tag("D-8")
    @Tag("trap-12")
    void aNonceOfTheFlowThatDiedMeanwhileIsStaleAndTheNextTryGoesThrough() {
        FakeFlow next = new FakeFlow("f2");
        String challenge = challenges(register()).get(0);
        FakeExchange moved = FakeExchange.register("alice", next)
                .with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, 1));

        List<String> fresh = challenges(moved);
        FakeExchange again = FakeExchange.register("alice", next)
                .with("Authorization", Phone.alice().answer(fresh, "REGISTER", URI, 1));

        assertThat(fresh).allMatch(answer -> answer.contains("stale=true"));
        assertThat(step.handle(again)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-8")
    @Tag("D-14")
    void aWrongPasswordIsNeverStaleSoThatNoGuessIsConfirmed() {
        String challenge = challenges(register()).get(0);
        clock.advanceSeconds(301);
        FakeExchange guess =
                register().with("Authorization", new Phone("alice", "guess").answer(challenge, "REGISTER", URI, 1));

        assertThat(challenges(guess)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-13")
    void anUnknownUserGetsWhatAWrongPasswordGets() {
        String challenge = challenges(register()).get(0);
        FakeExchange wrong =
                register().with("Authorization", new Phone("alice", "guess").answer(challenge, "REGISTER", URI, 1));
        FakeExchange unknown =
                register().with("Authorization", new Phone("nobody", "guess").answer(challenge, "REGISTER", URI, 1));

        assertThat(withoutNonce(challenges(unknown))).isEqualTo(withoutNonce(challenges(wrong)));
        assertThat(unknown.answer().reason()).isEqualTo(wrong.answer().reason());
    }

    @Test
    @Tag("D-16")
    void theFirstRegisterOfAnImsPhoneIsPlainlyChallenged() {
        FakeExchange first = register()
                .with(
                        "Authorization",
                        "Digest username=\"alice@pinhole.test\", realm=\"pinhole.test\", nonce=\"\","
                                + " uri=\"sip:pinhole.test\", response=\"\"");

        assertThat(challenges(first)).noneMatch(answer -> answer.contains("stale"));
        assertThat(first.answer().status()).isEqualTo(401);
    }

    @Test
    @Tag("D-3")
    void credentialsWithoutQopAreNotTaken() {
        String challenge = challenges(register()).get(1);
        String header = Phone.alice().answer(challenge, "REGISTER", URI, 1).replace(", qop=auth, nc=00000001", "");

        assertThat(challenges(register().with("Authorization", header))).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    @Tag("D-10")
    @Tag("trap-13")
    void aSessionKeepsTheCnonceThatItBeganWith(int algorithm) {
        String challenge = challenges(register()).get(algorithm);
        assertThat(step.handle(authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);
        FakeExchange later = register()
                .with("Authorization", Phone.alice().laterInTheSession().answer(challenge, "REGISTER", URI, 2));

        assertThat(step.handle(later)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-4")
    @Tag("trap-13")
    void authIntCoversTheOctetsAsTheyCame() {
        step = step(new Alice(), DigestPolicy.of(DigestAlgorithm.SHA_256).with(Arrays.asList(Qop.AUTH, Qop.AUTH_INT)));
        byte[] body = {(byte) 0xFF, 0, '\r', '\n', (byte) 0xC3};
        String challenge = challenges(register()).get(0);
        String header = Phone.alice().answerInt(challenge, "REGISTER", URI, 1, body);

        FakeExchange right = register().withBody(body).with("Authorization", header);
        FakeExchange changed = register().withBody(new byte[] {(byte) 0xFF}).with("Authorization", header);

        assertThat(challenge).contains("qop=\"auth,auth-int\"");
        assertThat(challenges(changed)).noneMatch(answer -> answer.contains("stale"));
        assertThat(step.handle(right)).isEqualTo(StepResult.CONTINUE);
        assertThat(right.successHeaders().get("Authentication-Info")).contains("qop=auth-int");
    }

    @Test
    @Tag("D-4")
    void anEmptyBodyIsHashedLikeAnyOther() {
        step = step(new Alice(), DigestPolicy.of(DigestAlgorithm.MD5).with(Arrays.asList(Qop.AUTH_INT)));
        String challenge = challenges(register()).get(0);

        FakeExchange request =
                register().with("Authorization", Phone.alice().answerInt(challenge, "REGISTER", URI, 1, new byte[0]));

        assertThat(step.handle(request)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-4")
    void whatWasNotOfferedIsNotTaken() {
        String challenge = challenges(register()).get(0);
        FakeExchange request =
                register().with("Authorization", Phone.alice().answerInt(challenge, "REGISTER", URI, 1, new byte[0]));

        assertThat(challenges(request)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-9")
    void anAgingNonceIsFollowedByTheNextAndBothAreGood() {
        String challenge = challenges(register()).get(0);
        FakeExchange early = authorized(challenge, 1);
        step.handle(early);
        clock.advanceSeconds(150);
        FakeExchange late = authorized(challenge, 2);

        step.handle(late);

        String info = late.successHeaders().get("Authentication-Info");
        String next = challenge.replace(
                Phone.parameter(challenge, "nonce"), Phone.parameter(String.valueOf(info), "nextnonce"));
        assertThat(early.successHeaders().get("Authentication-Info")).doesNotContain("nextnonce");
        assertThat(step.handle(authorized(challenge, 3))).isEqualTo(StepResult.CONTINUE);
        assertThat(step.handle(authorized(next, 1))).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-1")
    void nobodyIsTalkedIntoAWeakerAlgorithmThanTheUserHas() {
        step = step((user, realm, algorithm) ->
                algorithm.equals("SHA-256") ? new Alice().findHa1(user, realm, algorithm) : null);
        List<String> challenges = challenges(register());

        assertThat(challenges(authorized(challenges.get(1), 1))).noneMatch(answer -> answer.contains("stale"));
        assertThat(step.handle(authorized(challenges.get(0), 1))).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-1")
    void whoAnswersSeveralChallengesIsHeldToTheOneThatWeLikeBest() {
        List<String> challenges = challenges(register());
        FakeExchange both = register()
                .with("Authorization", new Phone("alice", "guess").answer(challenges.get(1), "REGISTER", URI, 1))
                .with("Authorization", Phone.alice().answer(challenges.get(0), "REGISTER", URI, 1));

        assertThat(step.handle(both)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-11")
    void aHashedNameIsTakenWhereItIsOffered() {
        Phone shy = Phone.alice().withoutName();
        String plain = challenges(register()).get(0);
        List<String> refused = challenges(register().with("Authorization", shy.answer(plain, "REGISTER", URI, 1)));
        step = step(new Alice(), DigestPolicy.of(DigestAlgorithm.SHA_256).withUserhash(true));
        String challenge = challenges(register()).get(0);
        FakeExchange request = register().with("Authorization", shy.answer(challenge, "REGISTER", URI, 1));

        assertThat(refused).noneMatch(answer -> answer.contains("stale") || answer.contains("userhash"));
        assertThat(challenge).contains("userhash=true");
        assertThat(step.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.identity()).isNotNull().extracting(Identity::user).isEqualTo("alice");
    }

    @Test
    @Tag("D-13")
    void anUnknownUserCostsTheStoresWhatAWrongPasswordDoes() {
        List<String> asked = new ArrayList<>();
        CredentialStore one = (user, realm, algorithm) -> {
            asked.add("one");
            return new Alice().findHa1(user, realm, algorithm);
        };
        CredentialStore two = (user, realm, algorithm) -> {
            asked.add("two");
            return null;
        };
        DigestState state = DigestState.fresh(new Lockout(0, 0, clock), clock);
        step = new DigestStep(DigestRealms.of(Collections.singletonList(new RealmGuard(
                REALM, DigestPolicy.of(DigestAlgorithm.MD5), StoresInOrder.of(one, two), state, clock))));
        String challenge = challenges(register()).get(0);

        guess("alice", challenge, 1);
        guess("nobody", challenge, 1);

        assertThat(asked).containsExactly("one", "two", "one", "two");
    }

    @Test
    @Tag("D-13")
    void whileAStoreIsDownAWrongPasswordForAUserOfTheOneBeforeLooksLikeAnUnknownUser() {
        CredentialStore down = (user, realm, algorithm) -> {
            throw new CredentialsUnavailableException("down");
        };
        DigestState state = DigestState.fresh(new Lockout(2, 60_000, clock), clock);
        step = new DigestStep(DigestRealms.of(Collections.singletonList(new RealmGuard(
                REALM, DigestPolicy.of(DigestAlgorithm.MD5), StoresInOrder.of(new Alice(), down), state, clock))));
        String challenge = challenges(register()).get(0);

        Reply wrong = guess("alice", challenge, 1).answer();
        Reply unknown = guess("nobody", challenge, 1).answer();

        assertThat(wrong.toString()).isEqualTo(unknown.toString()).startsWith("503");
        assertThat(wrong.values("Retry-After")).isEqualTo(unknown.values("Retry-After"));
        assertThat(step.handle(authorized(challenge, 1)))
                .as("the right password")
                .isEqualTo(StepResult.CONTINUE);
        guess("alice", challenge, 2);
        guess("alice", challenge, 3);
        assertThat(guess("alice", challenge, 4).answer().reason())
                .as("each counts")
                .isEqualTo("Too Many Wrong Passwords");
    }

    @Test
    void whoGuessesIsLockedOutForAWhileAndHisNeighbourIsNot() {
        String challenge = challenges(register()).get(0);
        assertThat(step.handle(authorized(challenge, 1))).isEqualTo(StepResult.CONTINUE);
        for (int nc = 0; nc < 3; nc++) {
            guess("bob", challenge, nc + 1);
        }
        FakeExchange bob = guess("bob", challenge, 9);

        assertThat(bob.answer().status()).isEqualTo(503);
        assertThat(bob.answer().values("Retry-After")).containsExactly("60");
        assertThat(step.handle(authorized(challenge, 2))).isEqualTo(StepResult.CONTINUE);
        clock.advanceSeconds(60);
        assertThat(guess("bob", challenge, 10).answer().status()).isEqualTo(401);
    }

    @Test
    @Tag("D-16")
    @Tag("trap-12")
    void neitherAnEmptyAnswerNorAStaleOneCountsAsAGuess() {
        String empty = "Digest username=\"alice\", realm=\"pinhole.test\", nonce=\"\", uri=\"sip:pinhole.test\","
                + " response=\"\"";
        String challenge = challenges(register()).get(0);
        clock.advanceSeconds(301);
        for (int nc = 1; nc < 10; nc++) {
            challenges(register().with("Authorization", empty));
            challenges(authorized(challenge, nc));
        }

        String fresh = challenges(register()).get(0);
        assertThat(step.handle(authorized(fresh, 1))).isEqualTo(StepResult.CONTINUE);
    }

    private FakeExchange guess(String user, String challenge, int nc) {
        FakeExchange request =
                register().with("Authorization", new Phone(user, "guess").answer(challenge, "REGISTER", URI, nc));
        step.handle(request);
        return request;
    }

    @Test
    void malformedCredentialsAreABadRequest() {
        FakeExchange request = register().with("Authorization", "Digest username=\"alice");

        step.handle(request);

        assertThat(request.answer().status()).isEqualTo(400);
    }

    @Test
    void aStoreThatCannotSayIsTriedAgainLater() {
        DigestStep broken = step((user, realm, algorithm) -> {
            throw new CredentialsUnavailableException("down");
        });
        String challenge = challenges(register()).get(0);
        FakeExchange request = authorized(challenge, 1);

        broken.handle(request);

        assertThat(request.answer().status()).isEqualTo(503);
        assertThat(request.answer().values("Retry-After")).hasSize(1);
    }

    private FakeExchange register() {
        return FakeExchange.register("alice", flow);
    }

    private FakeExchange authorized(String challenge, int nc) {
        return register().with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, nc));
    }

    private FakeExchange invite() {
        return new FakeExchange("INVITE", "sip:bob@pinhole.test", flow);
    }

    private List<String> challenges(FakeExchange request) {
        assertThat(step.handle(request)).isEqualTo(StepResult.DONE);
        Reply reply = request.answer();
        assertThat(reply.status()).isEqualTo(401);
        return reply.values("WWW-Authenticate");
    }

    private static String withoutNonce(List<String> challenges) {
        return String.join("\n", challenges).replaceAll("nonce=\"[^\"]*\"", "nonce=");
    }

    /** Knows alice, password wonderland. */
    private static final class Alice implements CredentialStore {
        @Override
        public @Nullable String findHa1(String user, String realm, String algorithm) {
            DigestAlgorithm known = DigestAlgorithm.find(algorithm);
            return known == null || !user.equals("alice")
                    ? null
                    : DigestCalculation.ha1(known, "alice", realm, "wonderland");
        }

        @Override
        public @Nullable String findUser(String userhash, String realm, String algorithm) {
            DigestAlgorithm known = DigestAlgorithm.find(algorithm);
            return known != null && known.hash("alice:" + realm).equals(userhash) ? "alice" : null;
        }
    }
}

package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
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

class DigestStepTest {
    private static final String REALM = "pinhole.test";
    private static final String URI = "sip:pinhole.test";

    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("f1");
    private final DigestStep step = step(new Alice());

    private DigestStep step(CredentialStore store) {
        return new DigestStep(
                REALM,
                Arrays.asList(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5, DigestAlgorithm.SHA_512_256),
                store,
                DigestStep.freshNonces(clock),
                new NonceCounts(10),
                clock);
    }

    @Test
    @Tag("D-1")
    void challengesWithEachAlgorithmInTheServersOrder() {
        List<String> challenges = challenges(register());

        assertThat(challenges)
                .extracting(challenge -> Phone.parameter(challenge, "algorithm"))
                .containsExactly("SHA-256", "MD5", "SHA-512-256");
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
    @ValueSource(ints = {0, 1, 2})
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
    void theMethodIsThatOfTheRequest() {
        String challenge = challenges(register()).get(0);
        FakeExchange request = register().with("Authorization", Phone.alice().answer(challenge, "INVITE", URI, 1));

        assertThat(challenges(request)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-7")
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
    void anExpiredNonceWithTheRightResponseIsStale() {
        String challenge = challenges(register()).get(0);
        clock.advanceSeconds(301);

        assertThat(challenges(authorized(challenge, 1))).allMatch(answer -> answer.contains("stale=true"));
    }

    @Test
    @Tag("D-8")
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

        assertThat(challenges(register().with("Authorization", header))).hasSize(3);
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
    }
}

package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.StepResult;

/** What a response covers: the method, the uri, and the body where that is asked for. */
class ProtectedPartTest {
    private static final String URI = GuardedRealm.URI;

    private GuardedRealm realm = GuardedRealm.of();

    @Test
    @Tag("D-6")
    @Tag("trap-13")
    void theUriMayDifferFromTheRequestUriWithinOurDomain() {
        FakeExchange first = realm.invite();
        realm.handle(first);
        String challenge = first.answer().values("Proxy-Authenticate").get(0);
        for (String uri :
                Arrays.asList("sip:pinhole.test", "sip:192.0.2.1:443;transport=tls", "sip:bob@PINHOLE.test")) {
            FakeExchange again = realm.invite();
            int nc = uri.length();

            again.with("Proxy-Authorization", Phone.alice().answer(challenge, "INVITE", uri, nc));

            assertThat(realm.handle(again)).as(uri).isEqualTo(StepResult.CONTINUE);
        }
    }

    @Test
    @Tag("D-6")
    void theUriOfAnotherResourceIsABadRequest() {
        String challenge = realm.challenge();
        FakeExchange request = realm.register()
                .with("Authorization", Phone.alice().answer(challenge, "REGISTER", "sip:elsewhere.test", 1));

        realm.handle(request);

        assertThat(request.answer().status()).isEqualTo(400);
    }

    @Test
    @Tag("D-6")
    @Tag("trap-13")
    void theMethodIsThatOfTheRequest() {
        String challenge = realm.challenge();
        FakeExchange request =
                realm.register().with("Authorization", Phone.alice().answer(challenge, "INVITE", URI, 1));

        assertThat(realm.challenges(request)).noneMatch(answer -> answer.contains("stale"));
    }

    @Test
    @Tag("D-3")
    void credentialsWithoutQopAreNotTaken() {
        String challenge = realm.challenges(realm.register()).get(1);
        String header = Phone.alice().answer(challenge, "REGISTER", URI, 1).replace(", qop=auth, nc=00000001", "");

        assertThat(realm.challenges(realm.register().with("Authorization", header)))
                .hasSize(6);
    }

    @Test
    @Tag("D-4")
    @Tag("trap-13")
    void authIntCoversTheOctetsAsTheyCame() {
        realm = GuardedRealm.of(DigestPolicy.of(DigestAlgorithm.SHA_256).with(Arrays.asList(Qop.AUTH, Qop.AUTH_INT)));
        byte[] body = {(byte) 0xFF, 0, '\r', '\n', (byte) 0xC3};
        String challenge = realm.challenge();
        String header = Phone.alice().answerInt(challenge, "REGISTER", URI, 1, body);

        FakeExchange right = realm.register().withBody(body).with("Authorization", header);
        FakeExchange changed =
                realm.register().withBody(new byte[] {(byte) 0xFF}).with("Authorization", header);

        assertThat(challenge).contains("qop=\"auth,auth-int\"");
        assertThat(realm.challenges(changed)).noneMatch(answer -> answer.contains("stale"));
        assertThat(realm.handle(right)).isEqualTo(StepResult.CONTINUE);
        assertThat(right.successHeaders().get("Authentication-Info")).contains("qop=auth-int");
    }

    @Test
    @Tag("D-4")
    void anEmptyBodyIsHashedLikeAnyOther() {
        realm = GuardedRealm.of(DigestPolicy.of(DigestAlgorithm.MD5).with(Arrays.asList(Qop.AUTH_INT)));
        String challenge = realm.challenge();

        FakeExchange request = realm.register()
                .with("Authorization", Phone.alice().answerInt(challenge, "REGISTER", URI, 1, new byte[0]));

        assertThat(realm.handle(request)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    @Tag("D-4")
    void whatWasNotOfferedIsNotTaken() {
        String challenge = realm.challenge();
        FakeExchange request = realm.register()
                .with("Authorization", Phone.alice().answerInt(challenge, "REGISTER", URI, 1, new byte[0]));

        assertThat(realm.challenges(request)).noneMatch(answer -> answer.contains("stale"));
    }
}

package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.credentials.HashFunction;
import org.pinhole.app.credentials.StoresInOrder;
import org.pinhole.app.digest.DigestAlgorithm;
import org.pinhole.app.digest.DigestPolicy;
import org.pinhole.app.digest.DigestState;
import org.pinhole.app.digest.Lockout;
import org.pinhole.app.digest.RealmGuard;
import org.pinhole.bridge.DigestAnswer;
import org.pinhole.bridge.DigestQuestion;

class ContainerUsersTest {
    private static final String URI = "sip:bob@pinhole.test";

    private final HandClock clock = new HandClock();
    private final DigestState state = DigestState.fresh(new Lockout(10, 300_000, clock), clock);
    private final ContainerUsers users = new ContainerUsers(
            "pinhole.test",
            realm -> new RealmGuard(
                    realm,
                    DigestPolicy.of(DigestAlgorithm.MD5),
                    StoresInOrder.of((user, in, algorithm) -> HashFunction.MD5.hash("alice:" + in + ":wonderland")),
                    state,
                    clock));

    @Test
    void aServerAsksWith401AndAProxyWith407() {
        DigestAnswer asServer = users.verify(new Question("shop.test"));
        Question toProxy = new Question("shop.test");
        toProxy.proxy = true;
        DigestAnswer asProxy = users.verify(toProxy);

        assertThat(asServer.status()).isEqualTo(401);
        assertThat(challenge(asServer)).startsWith("WWW-Authenticate: Digest realm=\"shop.test\"");
        assertThat(asProxy.status()).isEqualTo(407);
        assertThat(challenge(asProxy)).startsWith("Proxy-Authenticate: Digest realm=\"shop.test\"");
    }

    @Test
    void anApplicationThatNamesNoRealmHasOurs() {
        assertThat(challenge(users.verify(new Question("")))).contains("realm=\"pinhole.test\"");
    }

    @Test
    void whoProvesItIsKnownByNameRealmAndAddress() {
        DigestAnswer answer = users.verify(answering(challenge(users.verify(new Question("shop.test")))));

        assertThat(answer.isAuthentic()).isTrue();
        assertThat(answer.user()).isEqualTo("alice");
        assertThat(answer.realm()).isEqualTo("shop.test");
        assertThat(answer.uri()).isEqualTo("sip:alice@shop.test");
    }

    @Test
    @Tag("D-7")
    void aNonceIsForTheAddressThatItWasGivenToWhateverThePort() {
        String challenge = challenge(users.verify(new Question("shop.test")));
        Question otherPort = answering(challenge);
        otherPort.from = new InetSocketAddress("198.51.100.7", 2);
        Question otherAddress = answering(challenge);
        otherAddress.from = new InetSocketAddress("198.51.100.8", 1);

        assertThat(users.verify(otherPort).isAuthentic()).isTrue();
        assertThat(challenge(users.verify(otherAddress))).contains("stale=true");
    }

    @Test
    @Tag("D-7")
    void onAFlowItIsForThatFlow() {
        Question first = new Question("shop.test");
        first.flow = "f1";
        String challenge = challenge(users.verify(first));
        Question moved = answering(challenge);
        moved.flow = "f2";

        assertThat(challenge(users.verify(moved))).contains("stale=true");
    }

    @Test
    void whatOnePhoneOfAnEdgeGuessesDoesNotLockOutTheOthers() {
        String challenge = challenge(users.verify(new Question("shop.test")));
        for (int nc = 1; nc <= 100; nc++) {
            Question guess = answering(challenge, new Phone("user" + nc, "guess"));
            guess.byAnEdge = true;
            users.verify(guess);
        }
        Question alices = answering(challenge);
        alices.byAnEdge = true;

        assertThat(users.verify(alices).isAuthentic()).isTrue();
    }

    private static Question answering(String challenge) {
        return answering(challenge, Phone.alice());
    }

    private static Question answering(String challenge, Phone phone) {
        Question question = new Question("shop.test");
        question.credentials = Collections.singletonList(phone.answer(challenge, "INVITE", URI, 1));
        return question;
    }

    private static String challenge(DigestAnswer answer) {
        return answer.headers().stream().map(pair -> pair[0] + ": " + pair[1]).collect(Collectors.joining("\n"));
    }

    /** An INVITE over UDP. */
    private static final class Question implements DigestQuestion {
        private final String realm;
        private boolean proxy;
        private boolean byAnEdge;
        private List<String> credentials = Collections.emptyList();
        private @Nullable String flow;
        private InetSocketAddress from = new InetSocketAddress("198.51.100.7", 1);

        Question(String realm) {
            this.realm = realm;
        }

        @Override
        public String realm() {
            return realm;
        }

        @Override
        public boolean proxy() {
            return proxy;
        }

        @Override
        public String method() {
            return "INVITE";
        }

        @Override
        public String requestUri() {
            return URI;
        }

        @Override
        public List<String> headers(String name) {
            return name.equals(proxy ? "Proxy-Authorization" : "Authorization") ? credentials : Collections.emptyList();
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public @Nullable String flowToken() {
            return flow;
        }

        @Override
        public boolean isByAnEdge() {
            return byAnEdge;
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return from;
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress("192.0.2.1", 5060);
        }
    }
}

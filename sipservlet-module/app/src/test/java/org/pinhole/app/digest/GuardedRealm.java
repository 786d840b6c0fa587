package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.spi.CredentialStore;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.credentials.StoresInOrder;

/** The realm pinhole.test, which locks out after three wrong passwords for a minute, and phones at its door. */
final class GuardedRealm {
    static final String REALM = "pinhole.test";
    static final String URI = "sip:pinhole.test";

    /** Knows alice, password wonderland. */
    static final CredentialStore ALICE = new Alice();

    private static final DigestPolicy EVERYTHING = DigestPolicy.of(
            DigestAlgorithm.SHA_256,
            DigestAlgorithm.MD5,
            DigestAlgorithm.SHA_512_256,
            DigestAlgorithm.SHA_256_SESS,
            DigestAlgorithm.MD5_SESS,
            DigestAlgorithm.SHA_512_256_SESS);

    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("f1");
    private final DigestStep step;

    private GuardedRealm(DigestPolicy policy, CredentialStore... stores) {
        DigestState state = DigestState.fresh(new Lockout(3, 60_000, clock), clock);
        this.step = new DigestStep(DigestRealms.of(
                Collections.singletonList(new RealmGuard(REALM, policy, StoresInOrder.of(stores), state, clock))));
    }

    /** With every algorithm, for alice. */
    static GuardedRealm of() {
        return of(ALICE);
    }

    static GuardedRealm of(CredentialStore... stores) {
        return new GuardedRealm(EVERYTHING, stores);
    }

    static GuardedRealm of(DigestPolicy policy, CredentialStore... stores) {
        return new GuardedRealm(policy, stores.length == 0 ? new CredentialStore[] {ALICE} : stores);
    }

    HandClock clock() {
        return clock;
    }

    StepResult handle(FakeExchange request) {
        return step.handle(request);
    }

    FakeExchange register() {
        return FakeExchange.register("alice", flow);
    }

    FakeExchange invite() {
        return new FakeExchange("INVITE", "sip:bob@pinhole.test", flow);
    }

    /** A REGISTER with alice's answer to this challenge. */
    FakeExchange authorized(String challenge, int nc) {
        return register().with("Authorization", Phone.alice().answer(challenge, "REGISTER", URI, nc));
    }

    /** What comes of a wrong password for this user. */
    FakeExchange guess(String user, String challenge, int nc) {
        return guess(new Phone(user, "guess"), challenge, nc);
    }

    FakeExchange guess(Phone phone, String challenge, int nc) {
        FakeExchange request = register().with("Authorization", phone.answer(challenge, "REGISTER", URI, nc));
        step.handle(request);
        return request;
    }

    /** The challenges that a REGISTER is answered with. */
    List<String> challenges(FakeExchange request) {
        assertThat(step.handle(request)).isEqualTo(StepResult.DONE);
        Reply reply = request.answer();
        assertThat(reply.status()).isEqualTo(401);
        return reply.values("WWW-Authenticate");
    }

    /** A challenge as good as any. */
    String challenge() {
        return challenges(register()).get(0);
    }

    static String withoutNonce(List<String> challenges) {
        return String.join("\n", challenges).replaceAll("nonce=\"[^\"]*\"", "nonce=");
    }

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

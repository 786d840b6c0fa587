package org.pinhole.app.digest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.Phone;
import org.pinhole.app.chain.Identity;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.credentials.StoresInOrder;

/** One connector, the realms example.com, example.org and pinhole.test; the flow's server name is edge.pinhole.test. */
class DigestRealmsTest {
    private final HandClock clock = new HandClock();
    private final FakeFlow flow = new FakeFlow("f1");
    private final DigestState state = DigestState.fresh(new Lockout(10, 300_000, clock), clock);
    private final DigestStep step = new DigestStep(
            DigestRealms.of(Arrays.asList(guard("example.com"), guard("example.org"), guard("pinhole.test"))));

    private RealmGuard guard(String realm) {
        StoresInOrder alice = StoresInOrder.of((user, in, algorithm) ->
                user.equals("alice") ? DigestCalculation.ha1(DigestAlgorithm.MD5, "alice", in, "wonderland") : null);
        return new RealmGuard(realm, DigestPolicy.of(DigestAlgorithm.MD5), alice, state, clock);
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTER, To, <sip:alice@example.org>, example.org",
        "REGISTER, To, <sip:alice@EXAMPLE.com;transport=tls>;tag=1, example.com",
        "REGISTER, To, <sip:alice@192.0.2.1>, pinhole.test",
        "REGISTER, To, <tel:+4930>, pinhole.test",
        "REGISTER, To, garbage, pinhole.test",
        "INVITE, From, Alice <sip:alice@example.org>;tag=1, example.org",
        "INVITE, From, <sip:alice@elsewhere.test>, pinhole.test",
        "INVITE, To, <sip:bob@example.com>, pinhole.test",
    })
    void theDomainOfTheUserSaysWhichRealmElseTheNameThatTlsAskedFor(
            String method, String field, String value, String realm) {
        FakeExchange request = new FakeExchange(method, "sip:192.0.2.1", flow).with(field, value);

        step.handle(request);

        String header = method.equals("REGISTER") ? "WWW-Authenticate" : "Proxy-Authenticate";
        assertThat(request.answer().values(header))
                .hasSize(1)
                .allMatch(challenge -> Phone.parameter(challenge, "realm").equals(realm));
    }

    @Test
    void aUserIsOneOfHisOwnRealmOnly() {
        String challenge = challenge("example.org");
        String header = Phone.alice().answer(challenge, "REGISTER", "sip:example.org", 1);
        FakeExchange elsewhere = to("example.com").with("Authorization", header);
        FakeExchange there = to("example.org").with("Authorization", header);

        assertThat(step.handle(elsewhere)).isEqualTo(StepResult.DONE);
        assertThat(step.handle(there)).isEqualTo(StepResult.CONTINUE);
        assertThat(there.identity()).isNotNull().extracting(Identity::uri).isEqualTo("sip:alice@example.org");
    }

    @Test
    void aNonceOfOneRealmIsNoneOfAnother() {
        String foreign = challenge("example.org").replace("example.org", "example.com");
        FakeExchange request = to("example.com")
                .with("Authorization", Phone.alice().answer(foreign, "REGISTER", "sip:example.com", 1));

        step.handle(request);

        assertThat(request.answer().values("WWW-Authenticate")).allMatch(challenge -> challenge.contains("stale=true"));
    }

    private String challenge(String realm) {
        FakeExchange request = to(realm);
        step.handle(request);
        return request.answer().values("WWW-Authenticate").get(0);
    }

    private FakeExchange to(String realm) {
        return new FakeExchange("REGISTER", "sip:" + realm, flow).with("To", "<sip:alice@" + realm + ">");
    }
}

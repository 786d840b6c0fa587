package org.pinhole.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.chain.StepResult;

class IdentityStepTest {
    private final IdentityStep step = new IdentityStep();
    private final FakeFlow flow = new FakeFlow("f");

    @Test
    void theAuthenticatedUserIsAsserted() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@pinhole.test", flow).by("alice");

        assertThat(step.handle(invite)).isEqualTo(StepResult.CONTINUE);
        assertThat(invite.headers("P-Asserted-Identity")).containsExactly("<sip:alice@pinhole.test>");
    }

    @Test
    void whomThePhoneWouldLikeToBeIsNotPassedOn() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@pinhole.test", flow)
                .by("alice")
                .with("P-Preferred-Identity", "<sip:boss@pinhole.test>");

        step.handle(invite);

        assertThat(invite.headers("P-Preferred-Identity")).isEmpty();
    }

    @Test
    void aUserMayRegisterTheOwnAddressOnly() {
        FakeExchange own = FakeExchange.register("alice", flow).by("alice");
        FakeExchange other = FakeExchange.register("bob", flow).by("alice");

        assertThat(step.handle(own)).isEqualTo(StepResult.CONTINUE);
        assertThat(step.handle(other)).isEqualTo(StepResult.DONE);
        assertThat(other.answer().toString()).isEqualTo("403 To Is Not The Authenticated User");
    }

    @Test
    void aPrivateIdentityThatRepeatsTheRealmIsTheUser() {
        FakeExchange register = FakeExchange.register("alice", flow).by("alice@pinhole.test");

        assertThat(step.handle(register)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    void aToWithoutAnAddressIsABadRequest() {
        FakeExchange register = new FakeExchange("REGISTER", "sip:pinhole.test", flow).by("alice");

        step.handle(register);

        assertThat(register.answer().status()).isEqualTo(400);
    }
}

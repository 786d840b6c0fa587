package org.pinhole.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.chain.StepResult;

class DeliverStepTest {
    private final FakeFlows flows = new FakeFlows();
    private final FakeFlow bobs = flows.open("bobs");
    private final FakeFlow alices = flows.open("alices");
    private final DeliverStep step = new DeliverStep(flows);

    @Test
    @Tag("O-6")
    void aRequestThatNamesAFlowLeavesThere() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@10.0.0.7", null).naming("token-bobs");

        assertThat(step.handle(invite)).isEqualTo(StepResult.DONE);
        assertThat(invite.onward().routes()).containsExactly(bobs.uri());
        assertThat(invite.onward().towardsPhone()).isTrue();
        assertThat(invite.onward().onPath()).isTrue();
    }

    @Test
    @Tag("O-6")
    void aRequestThatNamesTheFlowItCameOnIsOutgoing() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@pinhole.test", alices).naming("token-alices");

        assertThat(step.handle(invite)).isEqualTo(StepResult.CONTINUE);
        assertThat(invite.forwarded()).isFalse();
    }

    @Test
    @Tag("O-7")
    @Tag("P-5")
    void aFlowThatIsGoneIs430AndAForgedTokenIs403() {
        FakeExchange late = new FakeExchange("INVITE", "sip:bob@10.0.0.7", null).naming("token-bobs");
        FakeExchange forged = new FakeExchange("INVITE", "sip:bob@10.0.0.7", null).naming("forged-bobs");
        flows.kill(bobs);

        step.handle(late);
        step.handle(forged);

        assertThat(late.answer().status()).isEqualTo(430);
        assertThat(forged.answer().status()).isEqualTo(403);
    }

    @Test
    void aNameIsNoToken() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@pinhole.test", null).naming("bob");

        assertThat(step.handle(invite)).isEqualTo(StepResult.CONTINUE);
    }
}

package org.pinhole.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.StepResult;

class FlowStepTest {
    private final FlowStep step = new FlowStep(new HandClock());

    @Test
    void aRequestWithoutAFlowIsRefusedWithTheReason() {
        FakeExchange stray = FakeExchange.register("alice", null);

        assertThat(step.handle(stray)).isEqualTo(StepResult.DONE);
        assertThat(stray.answer().status()).isEqualTo(403);
        assertThat(stray.answer().reason()).isEqualTo("Not From A Pinhole Connector");
    }

    @Test
    void whatOnlyATrustedNetworkMaySayIsTakenOut() {
        FakeExchange request = new FakeExchange("INVITE", "sip:bob@pinhole.test", new FakeFlow("f"))
                .with("P-Asserted-Identity", "<sip:boss@pinhole.test>")
                .with("P-Charging-Vector", "icid-value=1")
                .with("P-Charging-Function-Addresses", "ccf=192.0.2.9")
                .with("P-Visited-Network-ID", "home")
                .with("P-Preferred-Identity", "<sip:alice@pinhole.test>");

        assertThat(step.handle(request)).isEqualTo(StepResult.CONTINUE);
        assertThat(request.headers("P-Asserted-Identity")).isEmpty();
        assertThat(request.headers("P-Charging-Vector")).isEmpty();
        assertThat(request.headers("P-Charging-Function-Addresses")).isEmpty();
        assertThat(request.headers("P-Visited-Network-ID")).isEmpty();
        assertThat(request.headers("P-Preferred-Identity")).hasSize(1);
    }
}

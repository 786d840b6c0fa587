package org.pinhole.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;

class EdgeStepTest {
    private final EdgeStep step = new EdgeStep(null, false);

    @Test
    @Tag("O-8")
    void aPhoneThatSaysObInItsContactKeepsItsDialogsOnItsFlow() {
        assertThat(staysOnPath("<sip:alice@10.0.0.7;transport=tls;ob>")).isTrue();
        assertThat(staysOnPath("\"ob\" <sip:ob@10.0.0.7;x=ob>;ob")).isFalse();
        assertThat(staysOnPath("<tel:+1>")).isFalse();
    }

    private boolean staysOnPath(String contact) {
        FakeExchange invite =
                new FakeExchange("INVITE", "sip:bob@pinhole.test", new FakeFlow("alices")).with("Contact", contact);

        step.handle(invite);

        return invite.onward().onPath();
    }
}

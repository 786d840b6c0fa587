package org.pinhole.app.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.chain.StepResult;

class DeliverStepTest {
    private static final String CORE = "192.0.2.10";
    private static final Map<String, String> BEFORE_A_CORE =
            Collections.singletonMap("pinhole.next-hop", "sip:" + CORE + ":5060;transport=udp");

    private final FakeFlows flows = new FakeFlows();
    private final FakeFlow bobs = flows.add(new FakeFlow("bobs", BEFORE_A_CORE));
    private final FakeFlow alices = flows.add(new FakeFlow("alices", BEFORE_A_CORE));
    private final DeliverStep step = new DeliverStep(flows, () -> 0);

    @Test
    @Tag("O-6")
    void aRequestThatNamesAFlowLeavesThere() {
        FakeExchange invite = new FakeExchange("INVITE", "sip:bob@10.0.0.7", null)
                .naming("token-bobs")
                .from(CORE);

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

    /** A Contact that we rewrote is known to all that the phone was ever in a call with. */
    @Test
    void whoIsNotTrustedReachesNoPhoneByTheContainersOwnConnectors() {
        for (String elsewhere : new String[] {"192.0.2.11", "127.0.0.1", "2001:db8::1"}) {
            FakeExchange invite = toBob(null).from(elsewhere);

            assertThat(step.handle(invite)).isEqualTo(StepResult.DONE);

            assertThat(invite.forwarded()).as(elsewhere).isFalse();
            assertThat(invite.answer().status()).isEqualTo(403);
        }
        FakeExchange fromNowhere = toBob(null);
        step.handle(fromNowhere);
        assertThat(fromNowhere.answer().status()).isEqualTo(403);
    }

    @Test
    void withoutANextHopNobodyIsUnlessHeIsListed() {
        flows.add(new FakeFlow("bobs"));
        FakeExchange stranger = toBob(null).from(CORE);
        step.handle(stranger);
        assertThat(stranger.answer().status()).isEqualTo(403);

        flows.add(new FakeFlow("bobs", Collections.singletonMap("pinhole.trusted-sources", "192.0.2.10, 2001:db8::a")));
        FakeExchange listed = toBob(null).from(CORE);
        FakeExchange otherwiseWritten = toBob(null).from("2001:db8:0:0:0:0:0:a");
        step.handle(listed);
        step.handle(otherwiseWritten);

        assertThat(listed.forwarded()).isTrue();
        assertThat(otherwiseWritten.forwarded()).isTrue();
    }

    @Test
    void whoIsListedIsTrustedBesideTheNextHop() {
        Map<String, String> settings = new HashMap<>(BEFORE_A_CORE);
        settings.put("pinhole.trusted-sources", "192.0.2.12");
        flows.add(new FakeFlow("bobs", settings));
        FakeExchange nextHops = toBob(null).from(CORE);
        FakeExchange listed = toBob(null).from("192.0.2.12");
        FakeExchange neither = toBob(null).from("192.0.2.13");

        step.handle(nextHops);
        step.handle(listed);
        step.handle(neither);

        assertThat(nextHops.forwarded()).isTrue();
        assertThat(listed.forwarded()).isTrue();
        assertThat(neither.answer().status()).isEqualTo(403);
    }

    /** Barring, charging and screening are the next hop's: nobody is called past it. */
    @Test
    void aPhoneReachesNoOtherPastTheNextHop() {
        FakeExchange past = toBob(alices);

        assertThat(step.handle(past)).isEqualTo(StepResult.DONE);

        assertThat(past.answer().status()).isEqualTo(403);
        FakeFlow carols = flows.open("carols");
        FakeExchange withoutNextHop = toBob(carols);
        step.handle(withoutNextHop);
        assertThat(withoutNextHop.forwarded()).isTrue();
    }

    private static FakeExchange toBob(@Nullable FakeFlow arrival) {
        return new FakeExchange("INVITE", "sip:bob@10.0.0.7", arrival).naming("token-bobs");
    }
}

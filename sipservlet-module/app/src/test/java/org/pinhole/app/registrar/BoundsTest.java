package org.pinhole.app.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.FlowToken;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.api.spi.Binding;
import org.pinhole.api.spi.BindingStore;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.Reply;

/** What a phone or a store may cost. */
class BoundsTest {
    private final HandClock clock = new HandClock();
    private final FakeFlows flows = new FakeFlows();
    private final FakeFlow flow = flows.open("f1");
    private int asked;

    /** One that rounds what it keeps, for instance: what it gives is never what it is told to replace. */
    @Test
    void aStoreThatNeverKnowsItsOwnAgainHoldsNoThreadForEver() {
        BindingStore forgetful = new BindingStore() {
            @Override
            public List<Binding> bindings(String addressOfRecord) {
                asked++;
                return Collections.emptyList();
            }

            @Override
            public boolean replace(String addressOfRecord, List<Binding> seen, List<Binding> updated) {
                return false;
            }

            @Override
            public void removeFlow(FlowToken dead) {
                // it has none
            }
        };

        Reply reply = register(forgetful, FakeExchange.register("bob", flow).with("Contact", "<sip:bob@h>"));

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.values("Retry-After")).hasSize(1);
        assertThat(asked).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Contact", "+sip.instance", "Call-ID", "Path"})
    void whatAPhoneMayWriteIntoABindingIsBounded(String what) {
        String huge = String.join("", Collections.nCopies(600, "x"));
        boolean callId = what.equals("Call-ID");
        FakeExchange register = new FakeExchange("REGISTER", "sip:pinhole.test", flow)
                .with("Via", "SIP/2.0/TLS 10.0.0.7;branch=z9hG4bK1")
                .with("To", "<sip:bob@pinhole.test>")
                .with("Call-ID", callId ? huge : "c")
                .with("CSeq", "1 REGISTER")
                .with(
                        "Contact",
                        "<sip:bob@10.0.0.7" + (what.equals("Contact") ? ";x=" + huge : "") + ">"
                                + (what.equals("+sip.instance") ? ";+sip.instance=\"<urn:x:" + huge + ">\"" : ""));
        if (what.equals("Path")) {
            register.with("Path", "<sip:edge.example;x=" + huge + ";lr>");
        }

        Reply reply = register(new MemoryBindingStore(9, clock), register);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.reason()).contains(what);
    }

    private Reply register(BindingStore store, FakeExchange register) {
        new RegisterStep(Collections.singleton("pinhole.test"), store, flows, 4, clock).handle(register);
        return register.answer();
    }
}

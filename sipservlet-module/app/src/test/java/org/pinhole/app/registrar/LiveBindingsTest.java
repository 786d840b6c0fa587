package org.pinhole.app.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.Reply;

/** Which bindings there are: what a flow's end, a full store and a phone that does outbound by half make of them. */
class LiveBindingsTest {
    private static final String DESK = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00000000000a>\"";

    private final HandClock clock = new HandClock();
    private final FakeFlows flows = new FakeFlows();
    private final MemoryBindingStore store = new MemoryBindingStore(3, clock);
    private final RegisterStep step = new RegisterStep(Collections.singleton("pinhole.test"), store, flows, 4, clock);
    private final FakeFlow flow = flows.open("f1");
    private int cseq;

    @Test
    @Tag("O-14")
    void aBindingOfADeadFlowIsListedNowhereEvenIfTheStoreWasNotTold() {
        FakeFlow second = flows.open("f2");
        register(flow, "path, outbound", "<sip:bob@10.0.0.7>;reg-id=1" + DESK);
        register(second, "path, outbound", "<sip:bob@10.0.0.7>;reg-id=2" + DESK);
        flows.loseQuietly(flow);

        Reply refreshed = register(second, "path, outbound", "<sip:bob@10.0.0.7>;reg-id=2" + DESK);

        assertThat(refreshed.values("Contact"))
                .singleElement()
                .asString()
                .contains("reg-id=2")
                .doesNotContain("reg-id=1");
        assertThat(store.bindings("sip:bob@pinhole.test")).hasSize(1);
    }

    @Test
    @Tag("O-12")
    void outboundIsNotAppliedForAPhoneThatCannotTakeAPath() {
        Reply reply = register(flow, "outbound", "<sip:bob@10.0.0.7>;reg-id=1" + DESK);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.values("Require")).isEmpty();
        assertThat(reply.values("Contact")).singleElement().asString().doesNotContain("reg-id");
    }

    @Test
    @Tag("O-12")
    void anInstanceWithoutRegIdAsLinphoneHasItGetsNoRequireAndIsKeyedByItsContact() {
        register(flow, "replaces, outbound, gruu, path", "<sip:bob@10.0.0.7>" + DESK);
        Reply moved = register(flow, "replaces, outbound, gruu, path", "<sip:bob@10.0.0.8>" + DESK);

        assertThat(moved.values("Require")).isEmpty();
        assertThat(moved.values("Contact"))
                .hasSize(2)
                .allSatisfy(contact -> assertThat(contact).contains(DESK).doesNotContain("reg-id"));
    }

    @Test
    @Tag("O-11")
    void aPhoneMayRemoveAnOldContactWhileItRegistersAFlow() {
        register(flow, "", "<sip:bob@10.0.0.9>");

        Reply reply = step(request(flow, "path, outbound")
                .with("Contact", "<sip:bob@10.0.0.9>;expires=0")
                .with("Contact", "<sip:bob@10.0.0.7>;reg-id=1" + DESK));

        assertThat(reply.values("Require")).containsExactly("outbound");
        assertThat(reply.values("Contact")).singleElement().asString().contains("reg-id=1");
    }

    @Test
    @Tag("O-11")
    void theStarCarriesNoParameters() {
        FakeExchange request =
                request(flow, "path, outbound").with("Expires", "0").with("Contact", "*;reg-id=1" + DESK);

        assertThat(step(request).status()).isEqualTo(400);
    }

    @Test
    @Tag("K-7")
    void theAnswerToTheLastDeregistrationListsNothing() {
        register(flow, "path, outbound", "<sip:bob@10.0.0.7>;reg-id=1" + DESK);

        Reply reply = register(flow, "path, outbound", "<sip:bob@10.0.0.7>;expires=0;reg-id=1" + DESK);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.values("Contact")).isEmpty();
        assertThat(reply.values("Require")).isEmpty();
    }

    @Test
    void aFullStoreIsAnsweredTryLater() {
        for (int i = 0; i < 3; i++) {
            register(flow, "", "<sip:bob@10.0.0." + i + ">");
        }

        Reply reply = register(flow, "", "<sip:bob@10.0.0.9>");

        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.values("Retry-After")).hasSize(1);
        assertThat(store.size()).isEqualTo(3);
    }

    private FakeExchange request(FakeFlow on, String supported) {
        cseq++;
        return new FakeExchange("REGISTER", "sip:pinhole.test", on)
                .with("Via", "SIP/2.0/TLS 10.0.0.7:5061;branch=z9hG4bK1;keep")
                .with("To", "<sip:bob@pinhole.test>")
                .with("Call-ID", "1")
                .with("CSeq", cseq + " REGISTER")
                .with("Supported", supported);
    }

    private Reply register(FakeFlow on, String supported, String contact) {
        return step(request(on, supported).with("Contact", contact));
    }

    private Reply step(FakeExchange exchange) {
        step.handle(exchange);
        return exchange.answer();
    }
}

package org.pinhole.app.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.api.Flow;
import org.pinhole.api.FlowListener;
import org.pinhole.api.memory.MemoryBindingStore;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.Reply;
import org.pinhole.app.chain.StepResult;
import org.pinhole.app.chain.Target;

class RegisterStepTest {
    private static final String DESK = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00000000000A>\"";
    private static final String CELL = ";+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00000000000B>\"";

    private final HandClock clock = new HandClock();
    private final FakeFlows flows = new FakeFlows();
    private final MemoryBindingStore store = new MemoryBindingStore(1000, clock);
    private final RegisterStep step = new RegisterStep(Collections.singleton("pinhole.test"), store, flows, 4, clock);
    private final FakeFlow flow = flows.open("f1");
    private int cseq;

    @Test
    void aBindingIsListedWithWhatIsLeftOfItsLifetime() {
        register(flow, "<sip:bob@10.0.0.7:5061>;expires=600");
        clock.advanceSeconds(100);

        assertThat(query().values("Contact")).containsExactly("<sip:bob@10.0.0.7:5061>;expires=500");
    }

    @Test
    void withoutAWordOnItTheLifetimeIsAnHour() {
        assertThat(register(flow, "<sip:bob@10.0.0.7>").values("Contact"))
                .containsExactly("<sip:bob@10.0.0.7>;expires=3600");
    }

    @Test
    void theExpiresFieldHoldsForContactsWithoutTheirOwn() {
        Reply reply = answer(registerRequest(flow)
                .with("Expires", "120")
                .with("Contact", "<sip:a@h>")
                .with("Contact", "<sip:b@h>;expires=240"));

        assertThat(reply.values("Contact")).containsExactly("<sip:a@h>;expires=120", "<sip:b@h>;expires=240");
    }

    @Test
    void aLongLifetimeIsShortened() {
        assertThat(register(flow, "<sip:bob@h>;expires=99999999999").values("Contact"))
                .containsExactly("<sip:bob@h>;expires=3600");
    }

    @Test
    void tooShortALifetimeIsRefusedWithTheLeast() {
        Reply reply = register(flow, "<sip:bob@h>;expires=59");

        assertThat(reply.status()).isEqualTo(423);
        assertThat(reply.values("Min-Expires")).containsExactly("60");
    }

    @Test
    void anExpiredBindingIsGone() {
        register(flow, "<sip:bob@h>;expires=60");
        clock.advanceSeconds(60);

        assertThat(query().values("Contact")).isEmpty();
        assertThat(call().answer().status()).isEqualTo(480);
    }

    @Test
    void expiresZeroRemovesOneAndTheStarAll() {
        register(flow, "<sip:a@h>");
        register(flow, "<sip:b@h>");
        register(flow, "<sip:c@h>");

        assertThat(register(flow, "<sip:b@h>;expires=0").values("Contact"))
                .containsExactly("<sip:a@h>;expires=3600", "<sip:c@h>;expires=3600");
        assertThat(answer(registerRequest(flow).with("Contact", "*").with("Expires", "0"))
                        .values("Contact"))
                .isEmpty();
    }

    @Test
    void theStarStandsAloneAndWithExpiresZero() {
        register(flow, "<sip:a@h>");

        assertThat(answer(registerRequest(flow).with("Contact", "*")).status()).isEqualTo(400);
        assertThat(answer(registerRequest(flow)
                                .with("Contact", "*")
                                .with("Contact", "<sip:b@h>")
                                .with("Expires", "0"))
                        .status())
                .isEqualTo(400);
        assertThat(query().values("Contact")).hasSize(1);
    }

    @Test
    void aRefreshReplacesTheBindingOfAnEqualUri() {
        register(flow, "<sip:bob@H;transport=tls>");

        assertThat(register(flow, "<sip:bob@h;transport=TLS>").values("Contact"))
                .hasSize(1);
    }

    @Test
    void anOvertakenRequestChangesNothing() {
        register(flow, "<sip:bob@h>;expires=600");
        cseq = 0;

        Reply late = register(flow, "<sip:bob@h>;expires=0");

        assertThat(late.status()).isEqualTo(500);
        assertThat(query().values("Contact")).hasSize(1);
    }

    @Test
    void oneRefusedContactRefusesTheWholeRequest() {
        Reply reply = answer(registerRequest(flow).with("Contact", "<sip:a@h>").with("Contact", "<sip:b@h>;expires=1"));

        assertThat(reply.status()).isEqualTo(423);
        assertThat(query().values("Contact")).isEmpty();
    }

    @Test
    @Tag("O-12")
    void aBindingIsKeyedByInstanceAndRegIdWhateverItsContact() {
        outbound(flow, "<sip:bob@10.0.0.7>;reg-id=1" + DESK);
        Reply moved = outbound(flow, "<sip:bob@10.9.9.9>;reg-id=1" + DESK);
        Reply second = outbound(flow, "<sip:bob@10.9.9.9>;reg-id=2" + DESK);

        assertThat(moved.values("Contact")).singleElement().asString().startsWith("<sip:bob@10.9.9.9>");
        assertThat(second.values("Contact")).hasSize(2);
    }

    @Test
    @Tag("O-12")
    void successSaysRequireOutboundOnlyWhenItWasUsed() {
        assertThat(outbound(flow, "<sip:bob@h>;reg-id=1" + DESK).values("Require"))
                .containsExactly("outbound");
        assertThat(outbound(flow, "<sip:bob@h>" + DESK).values("Require")).isEmpty();
        assertThat(register(flow, "<sip:bob@h>;reg-id=1" + DESK).values("Require"))
                .isEmpty();
    }

    @Test
    @Tag("O-11")
    void aRegIdWithoutInstanceIsIgnored() {
        Reply reply = outbound(flow, "<sip:bob@h>;reg-id=1");

        assertThat(reply.values("Require")).isEmpty();
        assertThat(reply.values("Contact")).containsExactly("<sip:bob@h>;expires=3600");
    }

    @Test
    @Tag("O-11")
    void severalContactsWithARegIdAreABadRequest() {
        Reply reply = answer(registerRequest(flow)
                .with("Contact", "<sip:a@h>;reg-id=1" + DESK)
                .with("Contact", "<sip:b@h>"));

        assertThat(reply.status()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "2147483648", "x"})
    @Tag("O-11")
    void aRegIdOutsideItsRangeIsABadRequest(String regId) {
        assertThat(outbound(flow, "<sip:a@h>;reg-id=" + regId + DESK).status()).isEqualTo(400);
    }

    @Test
    @Tag("O-11")
    void instancesAreComparedAsUrns() {
        outbound(flow, "<sip:bob@h>;reg-id=1;+sip.instance=\"<urn:uuid:0000000a-0000-1000-8000-000000000001>\"");
        Reply reply = outbound(
                flow, "<sip:bob@h>;reg-id=1;+sip.instance=\"<URN:UUID:0000000A-0000-1000-8000-000000000001>\"");

        assertThat(reply.values("Contact")).hasSize(1);
    }

    @Test
    @Tag("O-10")
    @Tag("trap-10")
    void aFirstHopWithoutOutboundIsToldToThePhone() {
        FakeExchange request = registerRequest(flow)
                .with("Via", "SIP/2.0/TLS 192.0.2.9")
                .with("Supported", "path, outbound")
                .with("Contact", "<sip:a@h>;reg-id=1" + DESK);

        assertThat(answer(request).status()).isEqualTo(439);
    }

    @Test
    @Tag("O-10")
    @Tag("trap-10")
    void aFirstHopThatKeepsFlowsIsTrustedToDoSo() {
        FakeExchange request = registerRequest(flow)
                .with("Via", "SIP/2.0/TLS 192.0.2.9")
                .with("Supported", "path, outbound")
                .with("Path", "<sip:core.pinhole.test;lr>")
                .with("Path", "<sip:abc@edge2.pinhole.test;lr;ob>")
                .with("Contact", "<sip:bob@10.0.0.7>;reg-id=1" + DESK);

        assertThat(answer(request).values("Require")).containsExactly("outbound");
        assertThat(call().targets().get(0).routes())
                .containsExactly(flow.uri(), "sip:core.pinhole.test;lr", "sip:abc@edge2.pinhole.test;lr;ob");
    }

    @Test
    void aCallGoesOverTheFlowThatThePhoneRegisteredOn() {
        register(flow, "<sip:bob@10.0.0.7:5061>");

        List<Target> targets = call().targets();

        assertThat(targets).singleElement().extracting(Target::uri).isEqualTo("sip:bob@10.0.0.7:5061");
        assertThat(targets.get(0).routes()).containsExactly(flow.uri());
    }

    @Test
    @Tag("O-13")
    void allPhonesRingButNeverTwoFlowsOfOne() {
        FakeFlow second = flows.open("f2");
        FakeFlow third = flows.open("f3");
        outbound(flow, "<sip:bob@10.0.0.7>;reg-id=1" + DESK);
        outbound(second, "<sip:bob@10.0.0.7>;reg-id=2" + DESK);
        outbound(third, "<sip:bob@10.0.0.8>;reg-id=1" + CELL);

        assertThat(call().targets())
                .extracting(target -> target.routes().get(0))
                .containsExactlyInAnyOrder(second.uri(), third.uri());
    }

    @Test
    @Tag("O-13")
    void theOtherFlowsOfAPhoneAreItsReservesTheYoungestFirst() {
        FakeFlow second = flows.open("f2");
        FakeFlow third = flows.open("f3");
        outbound(flow, "<sip:bob@10.0.0.7>;reg-id=1" + DESK);
        outbound(second, "<sip:bob@10.0.0.7>;reg-id=2" + DESK);
        outbound(third, "<sip:bob@10.0.0.7>;reg-id=3" + DESK);
        outbound(flow, "<sip:bob@10.0.0.7>;reg-id=1" + DESK);

        assertThat(call().phones())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(Target.class))
                .extracting(Target::flow)
                .containsExactly(flow.token(), third.token(), second.token());
    }

    @Test
    @Tag("O-13")
    void aPhoneWithoutRegIdIsReachedByItsYoungestContactOnly() {
        FakeFlow second = flows.open("f2");
        register(flow, "<sip:bob@10.0.0.7>" + DESK);
        register(second, "<sip:bob@10.0.0.8>" + DESK);

        assertThat(call().phones())
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(Target.class))
                .extracting(Target::uri)
                .containsExactly("sip:bob@10.0.0.8");
    }

    @Test
    @Tag("O-13")
    void theOtherFlowOfThePhoneIsUsedWhenTheYoungestIsGone() {
        FakeFlow second = flows.open("f2");
        outbound(flow, "<sip:bob@10.0.0.7>;reg-id=1" + DESK);
        outbound(second, "<sip:bob@10.0.0.7>;reg-id=2" + DESK);
        flows.loseQuietly(second);

        assertThat(call().targets())
                .extracting(target -> target.routes().get(0))
                .containsExactly(flow.uri());
    }

    @Test
    @Tag("O-14")
    void allBindingsOfADeadFlowAreGoneWhateverTheirAddress() {
        flows.addListener(new FlowListener() {
            @Override
            public void flowClosed(Flow dead, String reason) {
                store.removeFlow(dead.token());
            }
        });
        FakeFlow other = flows.open("f2");
        register(flow, "<sip:bob@h>");
        register(other, "<sip:bob@h2>");
        answer(FakeExchange.register("carol", flow).with("Contact", "<sip:carol@h>"));

        flows.kill(flow);

        assertThat(query().values("Contact")).containsExactly("<sip:bob@h2>;expires=3600");
        assertThat(store.bindings("sip:carol@pinhole.test")).isEmpty();
    }

    @Test
    @Tag("O-14")
    void aFlowThatDiedBeforeItsBindingWasKeptLeavesNone() {
        flows.loseQuietly(flow);

        register(flow, "<sip:bob@h>");

        assertThat(store.bindings("sip:bob@pinhole.test")).isEmpty();
    }

    @Test
    void nobodyThereIsTemporary() {
        assertThat(call().answer().status()).isEqualTo(480);
    }

    @Test
    void anotherDomainIsAnotherStepsBusiness() {
        FakeExchange call = new FakeExchange("INVITE", "sip:bob@elsewhere.test", flow);
        FakeExchange phoneNumber = new FakeExchange("INVITE", "tel:+441632960000", flow);

        assertThat(step.handle(call)).isEqualTo(StepResult.CONTINUE);
        assertThat(step.handle(phoneNumber)).isEqualTo(StepResult.CONTINUE);
    }

    @Test
    void theDomainItselfAnswersOptions() {
        FakeExchange options = new FakeExchange("OPTIONS", "sip:pinhole.test", flow);

        step.handle(options);

        assertThat(options.answer().status()).isEqualTo(200);
    }

    @Test
    void anAddressOfAnotherDomainCannotBeRegistered() {
        FakeExchange request = new FakeExchange("REGISTER", "sip:pinhole.test", flow)
                .with("To", "<sip:bob@elsewhere.test>")
                .with("CSeq", "1 REGISTER");

        assertThat(answer(request).status()).isEqualTo(404);
    }

    @Test
    void oneUserCannotFillTheStoreAndTheOldestMakesRoom() {
        for (int i = 0; i < Registrar.MAX_BINDINGS; i++) {
            assertThat(register(flow, "<sip:bob@h" + i + ">").status()).isEqualTo(200);
        }

        Reply oneMore = register(flow, "<sip:bob@newest>");

        assertThat(oneMore.status()).isEqualTo(200);
        assertThat(oneMore.values("Contact"))
                .hasSize(Registrar.MAX_BINDINGS)
                .noneMatch(contact -> contact.startsWith("<sip:bob@h0>"))
                .anyMatch(contact -> contact.startsWith("<sip:bob@newest>"));
    }

    /** Each time with another rewritten Contact, while the firewall's victims before it have not been noticed. */
    @Test
    @Tag("O-12")
    void aPhoneWithoutRegIdThatComesBackOnAnotherFlowTakesThePlaceOfItself() {
        Reply last = Reply.of(0, "");
        for (int i = 0; i < 40; i++) {
            last = register(
                    flows.open("f" + i), "<sip:token" + i + "@192.0.2.1:443>;+sip.instance=\"<urn:uuid:linphone>\"");
            assertThat(last.status()).isEqualTo(200);
        }

        assertThat(last.values("Contact")).singleElement().asString().startsWith("<sip:token39@192.0.2.1:443>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<tel:+1>", "<sip:a@h", "<sip:a@h>;expires=-1", "<sip:a@h>;expires=soon"})
    void aMalformedContactIsABadRequest(String contact) {
        assertThat(register(flow, contact).status()).isEqualTo(400);
    }

    private FakeExchange registerRequest(FakeFlow on) {
        cseq++;
        return new FakeExchange("REGISTER", "sip:pinhole.test", on)
                .with("Via", "SIP/2.0/TLS 10.0.0.7:5061;branch=z9hG4bK1;keep")
                .with("To", "<sip:bob@pinhole.test>")
                .with("Call-ID", "1")
                .with("CSeq", cseq + " REGISTER");
    }

    private Reply register(FakeFlow on, String contact) {
        return answer(registerRequest(on).with("Contact", contact));
    }

    private Reply outbound(FakeFlow on, String contact) {
        return answer(registerRequest(on).with("Supported", "path, outbound").with("Contact", contact));
    }

    private Reply query() {
        return answer(registerRequest(flow));
    }

    private FakeExchange call() {
        FakeExchange call = new FakeExchange("INVITE", "sip:bob@pinhole.test", flow);
        assertThat(step.handle(call)).isEqualTo(StepResult.DONE);
        return call;
    }

    private Reply answer(FakeExchange exchange) {
        assertThat(step.handle(exchange)).isEqualTo(StepResult.DONE);
        return exchange.answer();
    }
}

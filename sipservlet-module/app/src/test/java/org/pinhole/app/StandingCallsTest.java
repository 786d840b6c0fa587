package org.pinhole.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.servlet.sip.Address;
import javax.servlet.sip.SipServletResponse;
import javax.servlet.sip.SipURI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.spi.LostCall;

@Tag("P-25")
class StandingCallsTest {
    private final List<String> lost = new ArrayList<>();
    private final FakeFlow flow = new FakeFlow("alices");
    private final ExpiringSession session = new ExpiringSession(new HandClock(), new DialogLife());
    private final StandingCalls calls = new StandingCalls(Collections.singletonList((gone, those) -> {
        for (LostCall call : those) {
            lost.add(gone.id() + ": " + call.callId() + " " + call.callerTag() + "/" + call.calleeTag() + " from "
                    + call.caller() + " to " + call.callee());
        }
    }));

    @BeforeEach
    void anInviteHasPassed() {
        DialogLife.begun(session.session(), flow, "sip:alice@pinhole.test", new StandingDialogs());
    }

    @Test
    void aPolicyIsToldOnceOfTheCallsThatLoseTheirPhone() {
        calls.established(ok());
        calls.established(ok());

        calls.flowClosed(flow);
        calls.flowClosed(flow);

        assertThat(lost).containsExactly("alices: call-1 a/b from sip:alice@h to sip:bob@h");
    }

    @Test
    void ofACallThatWasHungUpNobodyIsTold() {
        calls.established(ok());
        DialogLife.ending(session.session());

        calls.flowClosed(flow);

        assertThat(lost).isEmpty();
        assertThat(calls.flows()).isZero();
    }

    @Test
    void aFlowThatDiedWhileTheCallWasAcceptedIsToldOfToo() {
        flow.close("gone");

        calls.established(ok());

        assertThat(lost).hasSize(1);
    }

    @Test
    void withoutAPolicyNothingIsKept() {
        StandingCalls nobodys = new StandingCalls(Collections.emptyList());

        nobodys.established(ok());

        assertThat(nobodys.flows()).isZero();
    }

    private SipServletResponse ok() {
        return fake(SipServletResponse.class, (self, called, given) -> {
            switch (called.getName()) {
                case "getApplicationSession":
                    return session.session();
                case "getCallId":
                    return "call-1";
                case "getFrom":
                    return address("sip:alice@h", "a");
                default:
                    return address("sip:bob@h", "b");
            }
        });
    }

    private static Address address(String uri, String tag) {
        return fake(
                Address.class,
                (self, called, given) ->
                        called.getName().equals("getURI") ? fake(SipURI.class, (uriSelf, text, none) -> uri) : tag);
    }

    private static <T> T fake(Class<T> type, InvocationHandler handler) {
        return type.cast(
                java.lang.reflect.Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.connector.transport.SipText.request;
import static org.pinhole.connector.transport.SipText.response;

import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import org.junit.jupiter.api.Test;
import org.pinhole.connector.keepalive.BindingsAsked;

class RegistersTest {
    private final Registers registers = new Registers();

    @Test
    void whatARegisterAsksForIsKnownWhenItIsAnswered() throws ParseException {
        registers.note(deregistration("call"));

        assertThat(registers.askedFor(answer("call")).takesAway()).isTrue();
        assertThat(registers.askedFor(answer("another"))).isSameAs(BindingsAsked.UNKNOWN);
    }

    /** A phone that says nothing for hours keeps nothing of what it has said. */
    @Test
    void whatHasItsFinalAnswerIsForgotten() throws ParseException {
        registers.note(deregistration("call"));
        SIPResponse provisional = answer("call");
        provisional.setStatusCode(100);

        assertThat(registers.askedFor(provisional).takesAway()).isTrue();
        assertThat(registers.askedFor(answerTo("OPTIONS", "call"))).isSameAs(BindingsAsked.UNKNOWN);
        assertThat(registers.askedFor(answer("call")).takesAway()).isTrue();
        assertThat(registers.askedFor(answer("call"))).isSameAs(BindingsAsked.UNKNOWN);
    }

    @Test
    void ofManyTheLatestAreKnown() throws ParseException {
        for (int call = 0; call <= 32; call++) {
            registers.note(deregistration("call " + call));
        }

        assertThat(registers.askedFor(answer("call 0"))).isSameAs(BindingsAsked.UNKNOWN);
        assertThat(registers.askedFor(answer("call 1")).takesAway()).isTrue();
        assertThat(registers.askedFor(answer("call 32")).takesAway()).isTrue();
    }

    private static SIPRequest deregistration(String callId) throws ParseException {
        return (SIPRequest) with(callId, request("REGISTER", "sip:pinhole.test", "Contact: <sip:a@b>;expires=0"));
    }

    private static SIPResponse answer(String callId) throws ParseException {
        return answerTo("REGISTER", callId);
    }

    private static SIPResponse answerTo(String method, String callId) throws ParseException {
        return (SIPResponse) with(callId, response("200 OK", method));
    }

    private static SIPMessage with(String callId, SIPMessage message) throws ParseException {
        message.setCallId(new CallID(callId));
        return message;
    }
}

package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.connector.transport.SipText.request;
import static org.pinhole.connector.transport.SipText.response;

import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class DeregistrationsTest {
    private final Deregistrations deregistrations = new Deregistrations();

    @Test
    void theAnswerToARegisterThatTakesBindingsAwayIsKnown() throws ParseException {
        deregistrations.note(deregistration("call"));

        assertThat(deregistrations.answers(answer("call"))).isTrue();
        assertThat(deregistrations.answers(answer("another"))).isFalse();
    }

    @Test
    void aCallIdAsLargeAsAMessageIsNotKept() throws ParseException {
        String huge = String.join("", Collections.nCopies(8000, "x"));
        deregistrations.note(deregistration(huge));

        assertThat(deregistrations.answers(answer(huge))).isFalse();
    }

    private static SIPRequest deregistration(String callId) throws ParseException {
        return (SIPRequest) with(callId, request("REGISTER", "sip:pinhole.test", "Contact: <sip:a@b>;expires=0"));
    }

    private static SIPResponse answer(String callId) throws ParseException {
        return (SIPResponse) with(callId, response("200 OK", "REGISTER"));
    }

    private static SIPMessage with(String callId, SIPMessage message) throws ParseException {
        message.setCallId(new CallID(callId));
        return message;
    }
}

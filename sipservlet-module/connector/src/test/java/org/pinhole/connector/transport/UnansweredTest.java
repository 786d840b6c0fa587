package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class UnansweredTest {
    private final Unanswered unanswered = new Unanswered();
    private final List<String> told = new ArrayList<>();

    @Test
    @Tag("O-7")
    @Tag("P-25")
    void whatHasNoFinalAnswerIsToldOnceWhenTheFlowEnds() throws Exception {
        SIPRequest ringing = request("ringing");
        SIPRequest answered = request("answered");
        for (SIPRequest request : new SIPRequest[] {ringing, answered, request("silent")}) {
            unanswered.add(request, 0, failed -> told.add(failed.getTopmostVia().getBranch()));
        }
        unanswered.answered(response(ringing, 180));
        unanswered.answered(response(answered, 486));

        unanswered.fail();
        unanswered.fail();

        assertThat(told).containsExactly("z9hG4bKringing", "z9hG4bKsilent");
    }

    @Test
    void whatDidNotLeaveIsNotAwaited() throws Exception {
        SIPRequest request = request("refused");
        unanswered.add(request, 0, failed -> told.add("failed"));

        unanswered.remove(request);
        unanswered.fail();

        assertThat(told).isEmpty();
    }

    /** A phone that never answers would make its flow hold every request of a day. */
    @Test
    void whatNobodyWaitsForAnyLongerIsForgotten() throws Exception {
        SIPRequest message = request("message");
        message.setMethod("MESSAGE");
        unanswered.add(message, 0, failed -> told.add("message"));
        unanswered.add(request("ringing"), 0, failed -> told.add("ringing"));
        unanswered.add(request("later"), TimeUnit.SECONDS.toNanos(41), failed -> told.add("later"));

        unanswered.fail();

        assertThat(told).containsExactly("ringing", "later");
    }

    @Test
    void anAnswerIsKnownAsOneHoweverOftenItComesAndWhatAnswersNothingIsNot() throws Exception {
        SIPRequest invite = request("invite");
        unanswered.add(invite, 0, failed -> told.add("failed"));
        unanswered.answered(response(invite, 200));

        assertThat(unanswered.isAnswer(response(invite, 200))).isTrue();
        assertThat(unanswered.isAnswer(response(request("never-sent"), 200))).isFalse();
        for (int i = 0; i < 1024; i++) {
            unanswered.add(request("later" + i), 0, failed -> told.add("failed"));
        }
        assertThat(unanswered.isAnswer(response(invite, 200))).isFalse();
    }

    @Test
    void ofMoreThan256TheOldestIsLeftToItsTransaction() throws Exception {
        for (int i = 0; i < 257; i++) {
            SIPRequest request = request("number" + i);
            unanswered.add(request, 0, failed -> told.add(failed.getCallId().getCallId()));
        }

        unanswered.fail();

        assertThat(told).hasSize(256).startsWith("number1").endsWith("number256");
    }

    private static SIPResponse response(SIPRequest request, int status) {
        return request.createResponse(status);
    }

    private static SIPRequest request(String name) throws ParseException {
        String text = "INVITE sip:bob@pinhole.test SIP/2.0\r\n"
                + "Via: SIP/2.0/TLS 192.0.2.1:443;branch=z9hG4bK" + name + "\r\n"
                + "From: <sip:alice@pinhole.test>;tag=1\r\nTo: <sip:bob@pinhole.test>\r\n"
                + "Call-ID: " + name + "\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n";
        return (SIPRequest)
                new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.US_ASCII), true, false, null);
    }
}

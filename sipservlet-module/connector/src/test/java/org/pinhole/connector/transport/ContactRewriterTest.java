package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.ParseException;
import org.junit.jupiter.api.Test;

class ContactRewriterTest {
    private static final String CONTACT = "Contact: <sip:alice@10.1.2.3:49152;transport=tls>";

    @Test
    void theContactOfWhoCallsOrAnswersIsThePhonesOwn() throws ParseException {
        assertThat(ContactRewriter.concerns(SipText.request("INVITE", "sip:bob@pinhole.test", CONTACT)))
                .isTrue();
        for (String status : new String[] {"180 Ringing", "183 Session Progress", "200 OK", "202 Accepted"}) {
            assertThat(ContactRewriter.concerns(SipText.response(status, "INVITE", CONTACT)))
                    .as(status)
                    .isTrue();
        }
    }

    /** Else whoever follows it is led to the phone that has just said to go elsewhere. */
    @Test
    void theContactOfARedirectionIsSomebodyElses() throws ParseException {
        for (String status : new String[] {"300 Multiple Choices", "302 Moved Temporarily", "485 Ambiguous"}) {
            assertThat(ContactRewriter.concerns(SipText.response(status, "INVITE", CONTACT)))
                    .as(status)
                    .isFalse();
        }
    }
}

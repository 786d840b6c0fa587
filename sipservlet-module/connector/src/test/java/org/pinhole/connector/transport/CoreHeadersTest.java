package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CoreHeadersTest {
    private static final String HEAD = "Via: SIP/2.0/TLS 192.0.2.1:443;branch=z9hG4bK1\r\n"
            + "From: <sip:bob@home1.example>;tag=1\r\nTo: <sip:alice@home1.example>;tag=2\r\n"
            + "Call-ID: 1\r\nMax-Forwards: 70\r\n";
    private static final String CORE = "P-Charging-Vector: icid-value=\"1\";orig-ioi=\"Type 1visited.example\"\r\n"
            + "P-Charging-Function-Addresses: ccf=192.0.2.7\r\n"
            + "P-Visited-Network-ID: \"visited.example\"\r\n"
            + "P-Served-User: <sip:alice@home1.example>\r\n";
    private static final String ASSERTED = "P-Asserted-Identity: <sip:bob@home1.example>\r\n";

    @Test
    @Tag("P-16")
    @Tag("P-23")
    void whatServersTellEachOtherIsNotForPhones() throws Exception {
        String rest = "Service-Route: <sip:orig@s.home1.example;lr>\r\n"
                + "P-Associated-URI: <sip:alice@home1.example>\r\nPath: <sip:TOKEN@192.0.2.1:5060;lr>\r\n";

        assertThat(stripped(response(CORE + rest))).doesNotContain("P-Charging", "P-Visited", "P-Served");
        assertThat(stripped(response(CORE + rest))).contains("Service-Route: ", "P-Associated-URI: ", "Path: ");
        assertThat(stripped(request(CORE + ASSERTED)))
                .doesNotContain("P-Charging", "P-Visited", "P-Served")
                .contains(ASSERTED);
    }

    @Test
    @Tag("P-23")
    void whoAskedForPrivacyIsNotNamedToThePhone() throws Exception {
        assertThat(stripped(request(ASSERTED + "Privacy: header;id\r\n"))).doesNotContain("P-Asserted-Identity");
        assertThat(stripped(request(ASSERTED + "Privacy: ID\r\n"))).doesNotContain("P-Asserted-Identity");
        assertThat(stripped(request(ASSERTED + "Privacy: none\r\n"))).contains("P-Asserted-Identity");
    }

    @Test
    @Tag("P-23")
    @Tag("P-24")
    void theNetworksOwnWordsOnTheAccessGoAndThePhonesStay() throws Exception {
        String networks = "P-Access-Network-Info: IEEE-802.11;i-wlan-node-id=001122334455; Network-Provided\r\n";
        String phones = "P-Access-Network-Info: IEEE-802.11;i-wlan-node-id=001122334455\r\n";

        assertThat(stripped(request(networks))).doesNotContain("P-Access-Network-Info");
        assertThat(stripped(request(phones))).contains("P-Access-Network-Info: IEEE-802.11");
        SIPMessage fromPhone = parse(request(networks));
        CoreHeaders.dropNetworkProvided(fromPhone);
        assertThat(fromPhone.encode()).doesNotContain("P-Access-Network-Info");
    }

    private static String stripped(String text) throws ParseException {
        SIPMessage message = parse(text);
        CoreHeaders.strip(message);
        return message.encode();
    }

    private static SIPMessage parse(String text) throws ParseException {
        return new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.US_ASCII), true, false, null);
    }

    private static String response(String headers) {
        return "SIP/2.0 200 OK\r\n" + HEAD + "CSeq: 1 REGISTER\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    private static String request(String headers) {
        return "INVITE sip:alice@10.1.2.3 SIP/2.0\r\n" + HEAD + "CSeq: 1 INVITE\r\n" + headers
                + "Content-Length: 0\r\n\r\n";
    }
}

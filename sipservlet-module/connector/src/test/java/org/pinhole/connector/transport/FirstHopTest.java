package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.api.FlowToken;

class FirstHopTest {
    private static final String OUTBOUND =
            ";reg-id=1;+sip.instance=\"<urn:uuid:00000000-0000-1000-8000-00000000000a>\"";
    private static final String VIA = "Via: SIP/2.0/TLS 10.1.2.3:49152;branch=z9hG4bK1\r\n";
    private static final String SUPPORTED = "Supported: path, outbound\r\n";

    @Test
    @Tag("O-4")
    @Tag("P-10")
    void thePathOfAPhoneThatDoesOutboundHasTheTokenAndOb() throws Exception {
        String uri = "<sip:TOKEN@192.0.2.1:5080;transport=udp;lr;ob>";

        assertThat(path("edge", "rewrite", VIA + SUPPORTED, OUTBOUND)).isEqualTo(uri);
        assertThat(path("edge", "path", VIA + SUPPORTED, OUTBOUND)).isEqualTo(uri);
        assertThat(path("edge", "path", VIA, OUTBOUND)).isEqualTo(uri);
        assertThat(path("p-cscf", "path", VIA, OUTBOUND)).isEqualTo(uri);
    }

    @Test
    @Tag("O-4")
    @Tag("trap-10")
    void whoIsNotTheFirstHopAddsNoOb() throws Exception {
        String proxied = "Via: SIP/2.0/TLS 192.0.2.9:5061;branch=z9hG4bK2\r\n" + VIA + SUPPORTED;

        assertThat(path("edge", "path", proxied, OUTBOUND)).isEqualTo("<sip:TOKEN@192.0.2.1:5080;transport=udp;lr>");
    }

    @Test
    void otherPhonesGetOneWhereNothingElseLeadsToThem() throws Exception {
        assertThat(path("edge", "path", VIA, "")).isEqualTo("<sip:TOKEN@192.0.2.1:5080;transport=udp;lr>");
        assertThat(path("edge", "path", VIA, ";reg-id=1")).doesNotContain("ob");
        assertThat(path("p-cscf", "path", VIA, "")).isEqualTo("<sip:TOKEN@192.0.2.1:5080;transport=udp;lr>");
        assertThat(path("edge", "rewrite", VIA + SUPPORTED, "")).isNull();
        assertThat(path("edge", "rewrite", VIA, OUTBOUND)).isNull();
        assertThat(path("edge", "keep", VIA + SUPPORTED, OUTBOUND)).isNull();
    }

    @Test
    void whoIsTheRegistrarNeedsNone() throws Exception {
        assertThat(path("registrar", "path", VIA + SUPPORTED, OUTBOUND)).isNull();
    }

    private static @Nullable String path(String role, String contact, String headers, String contactParameters)
            throws ParseException {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.role", role);
        settings.put("pinhole.contact", contact);
        String text = "REGISTER sip:pinhole.test SIP/2.0\r\n" + headers
                + "From: <sip:alice@pinhole.test>;tag=1\r\nTo: <sip:alice@pinhole.test>\r\n"
                + "Call-ID: 1\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n"
                + "Contact: <sip:alice@10.1.2.3:49152;transport=tls>" + contactParameters + "\r\n"
                + "Content-Length: 0\r\n\r\n";
        SIPRequest register = (SIPRequest)
                new StringMsgParser().parseSIPMessage(text.getBytes(StandardCharsets.US_ASCII), true, false, null);

        new FirstHop(EdgeSettings.of(settings))
                .arrived(FlowToken.of("TOKEN"), register, new CoreSide("192.0.2.1:5080", "udp"));

        return register.getHeader("Path") == null
                ? null
                : register.getHeader("Path").toString().trim().substring("Path: ".length());
    }
}

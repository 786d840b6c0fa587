package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.core.Host;
import gov.nist.core.HostPort;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicNamesTest {
    private static final ConnectorAddress BOUND = ConnectorAddress.parse("tls://10.0.0.5:8443");

    private final PublicNames names = new PublicNames(
            BOUND.as(PublicName.parse("sip.example.com:443")),
            () -> Collections.singletonList(point("10.0.0.5", 5061)));

    @Test
    void aRequestLeavesWithThePublicNameInViaRecordRouteAndContactAndNothingElseChanges() throws Exception {
        SIPMessage request = parsed("INVITE sip:10.0.0.5:8443 SIP/2.0", "10.0.0.5:8443");

        names.leaving(request);

        assertThat(request.encode())
                .isEqualTo(parsed("INVITE sip:10.0.0.5:8443 SIP/2.0", "sip.example.com:443")
                        .encode());
    }

    @Test
    void aResponseLeavesWithTheVias() throws Exception {
        SIPMessage response = parsed("SIP/2.0 200 OK", "10.0.0.5:8443");

        names.leaving(response);

        assertThat(response.getTopmostVia().getSentBy().encode()).isEqualTo("10.0.0.5:8443");
        assertThat(response.getRecordRouteHeaders().encode())
                .contains("sip.example.com:443")
                .doesNotContain("10.0.0.5");
    }

    @Test
    void aResponseArrivesAsTheContainerSentTheRequest() throws Exception {
        SIPMessage response = parsed("SIP/2.0 200 OK", "sip.example.com:443");

        names.arrived(response);

        assertThat(response.getTopmostVia().getSentBy().encode()).isEqualTo("10.0.0.5:8443");
        assertThat(response.getRecordRouteHeaders().encode())
                .contains("10.0.0.5:8443")
                .doesNotContain("example.com");
    }

    @Test
    void whereTheContainerNamesItsOwnConnectorPhonesAreToldOursAndTheContainerGetsItsOwnBack() throws Exception {
        SIPMessage request = parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:5061");
        names.leaving(request);
        assertThat(request.getTopmostVia().getSentBy().encode()).isEqualTo("sip.example.com:443");
        assertThat(request.getContactHeaders().encode()).contains("sip:sip.example.com:443;transport=tls");
        String told = request.getRecordRouteHeaders().encode();
        assertThat(told)
                .contains("<sip:sip.example.com:443;transport=tls;lr;pinhole-point=", "<sip:other.invalid:443;lr>")
                .doesNotContain("10.0.0.5");

        SIPMessage bye =
                parsed("BYE sip:x SIP/2.0", "phone.invalid:1", told.trim().replace("Record-Route", "Route"));
        names.arrived(bye);

        assertThat(bye.getRouteHeaders().encode())
                .contains("<sip:10.0.0.5:5061;transport=tls;lr>", "<sip:other.invalid:443;lr>");
    }

    @Test
    void withoutAPublicNameTheyAreToldTheBoundAddress() throws Exception {
        PublicNames bound = new PublicNames(BOUND, () -> Collections.singletonList(point("10.0.0.5", 5061)));
        SIPMessage request = parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:5061");
        SIPMessage ours = parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:8443");

        bound.leaving(request);
        bound.leaving(ours);

        assertThat(request.getTopmostVia().getSentBy().encode()).isEqualTo("10.0.0.5:8443");
        assertThat(request.getRecordRouteHeaders().encode()).contains("<sip:10.0.0.5:8443;transport=tls;lr;pinhole-");
        assertThat(ours.encode())
                .isEqualTo(parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:8443").encode());
    }

    @Test
    void aListeningPointOfAnotherTransportKeepsItsName() throws Exception {
        SIPMessage request =
                parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:8443", "Record-Route: <sip:10.0.0.5:5061;transport=tcp;lr>");

        names.leaving(request);

        assertThat(request.getRecordRouteHeaders().encode()).contains("<sip:10.0.0.5:5061;transport=tcp;lr>");
    }

    private static HostPort point(String host, int port) {
        HostPort point = new HostPort();
        point.setHost(new Host(host));
        point.setPort(port);
        return point;
    }

    @Test
    void aRequestsRoutesArriveBoundAndItsRequestUriUntouched() throws Exception {
        SIPMessage request = parsed(
                "BYE sip:bob@sip.example.com:443 SIP/2.0",
                "phone.invalid:5061",
                "Route: <sip:sip.example.com:443;transport=tls;lr>");

        names.arrived(request);

        assertThat(request.encode())
                .contains("BYE sip:bob@sip.example.com:443 SIP/2.0", "Route: <sip:10.0.0.5:8443;transport=tls;lr>");
    }

    @Test
    void withinADialogTheRequestUriIsTheContactThatThePhoneWasToldAndTheContainerGetsItsOwnBack() throws Exception {
        SIPMessage request = parsed("INVITE sip:bob SIP/2.0", "10.0.0.5:5061");
        names.leaving(request);
        String told = request.getContactHeaders().encode().replaceAll(".*<(.*)>\\s*", "$1");
        assertThat(told).startsWith("sip:sip.example.com:443;").contains("pinhole-point");

        SIPMessage bye = parsed("BYE " + told + " SIP/2.0", "phone.invalid:1");
        bye.setToTag("2");
        names.arrived(bye);

        assertThat(bye.encode()).startsWith("BYE sip:10.0.0.5:5061;transport=tls SIP/2.0");
    }

    private static SIPMessage parsed(String startLine, String own, String... more) throws Exception {
        List<String> lines = new ArrayList<>(Arrays.asList(
                startLine,
                "Via: SIP/2.0/TLS " + own + ";branch=z9hG4bK1",
                "Via: SIP/2.0/TLS phone.invalid:5061;branch=z9hG4bK2",
                "Record-Route: <sip:" + own + ";transport=tls;lr>",
                "Record-Route: <sip:other.invalid:443;lr>",
                "Contact: <sip:" + own + ";transport=tls>",
                "From: <sip:a@10.0.0.5>;tag=1",
                "To: <sip:b@10.0.0.5>",
                "Call-ID: 1",
                "CSeq: 1 " + (startLine.startsWith("BYE") ? "BYE" : "INVITE"),
                "Content-Length: 0"));
        lines.addAll(Arrays.asList(more));
        byte[] text = (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        return new StringMsgParser().parseSIPMessage(text, true, false, null);
    }
}

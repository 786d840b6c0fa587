package org.pinhole.connector.transport;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import java.text.ParseException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneHeadersTest {
    private static final List<String> REALMS = Arrays.asList("first.test", "pinhole.test");

    @Test
    @Tag("P-11")
    @Tag("P-24")
    void whatOnlyTheNetworkMaySayIsTakenFromRequestsAndResponsesInAndOutsideDialogs() throws ParseException {
        String[] forged = {
            "P-Asserted-Identity: <sip:ceo@pinhole.test>",
            "p-charging-vector: icid-value=1",
            "Remote-Party-ID: <sip:ceo@pinhole.test>;screen=yes",
            "P-Served-User: <sip:ceo@pinhole.test>",
            "P-Called-Party-ID: <sip:ceo@pinhole.test>",
            "P-Private-Network-Indication: ceo.test",
            "Feature-Caps: *;+ceo",
            "Restoration-Info: ceo",
            "Relayed-Charge: ceo",
            "Service-Interact-Info: ceo",
            "attestation-info: ceo",
            "Origination-Id: ceo",
            "P-Access-Network-Info: IEEE-802.11;ceo;network-provided",
            "Subject: kept"
        };
        for (SIPMessage message : new SIPMessage[] {
            SipText.request("MESSAGE", "sip:bob@pinhole.test", forged),
            SipText.inDialog("INFO", "sip:bob@pinhole.test", forged),
            SipText.response("200 OK", "INVITE", forged)
        }) {
            PhoneHeaders.strip(message, false);

            assertThat(message.encode()).doesNotContain("ceo", "icid").contains("Subject: kept");
        }
    }

    @Test
    @Tag("P-11")
    void thePathOfARegisterFromAPhoneIsNobodys() throws ParseException {
        SIPMessage register = SipText.request("REGISTER", "sip:pinhole.test", "Path: <sip:elsewhere.example;lr>");

        PhoneHeaders.strip(register, false);

        assertThat(register.encode()).doesNotContain("Path");
    }

    /** Requirement O-10: without it no registrar could tell that the first hop keeps flows. */
    @Test
    @Tag("O-10")
    void thePathOfAnEdgeThatWeTrustStays() throws ParseException {
        SIPMessage register = SipText.request(
                "REGISTER", "sip:pinhole.test", "Path: <sip:t@edge.example;lr;ob>", "P-Served-User: <sip:x@y>");

        PhoneHeaders.strip(register, true);

        assertThat(register.encode())
                .contains("Path: <sip:t@edge.example;lr;ob>")
                .doesNotContain("P-Served-User");
    }

    @Test
    void outsideADialogNoUriCarriesTheContainersOwnParameters() throws ParseException {
        String route = "Route: <sip:192.0.2.1:443;transport=tls;lr;proxy=true;appname=1;app_id=2;directive=CONTINUE>";
        SIPMessage initial = SipText.request("MESSAGE", "sip:bob@pinhole.test;proxy=true", route);
        SIPMessage inDialog = SipText.inDialog("BYE", "sip:bob@pinhole.test", route);

        PhoneHeaders.strip(initial, false);
        PhoneHeaders.strip(inDialog, false);

        assertThat(initial.encode()).doesNotContain("proxy", "appname", "app_id", "directive");
        assertThat(initial.encode()).contains("transport=tls;lr");
        assertThat(inDialog.encode()).contains("proxy=true", "app_id=2");
    }

    /** The container takes an INVITE for one that begins something, whatever tag it has, and believes what its Route says then. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "directive",
                "previousappname",
                "previousappid",
                "region_label",
                "region_type",
                "node_host",
                "node_port",
                "modifier",
                "org.mobicents.servlet.sip.ApplicationSessionKey"
            })
    void whatApplicationsTellEachOtherComesFromNoPhoneWithinADialogEither(String parameter) throws ParseException {
        String uri = "sip:192.0.2.1:443;transport=tls;lr;app_id=2;" + parameter + "=forged";
        SIPMessage invite = SipText.inDialog("INVITE", uri, "Route: <" + uri + ">");

        PhoneHeaders.strip(invite, false);

        assertThat(invite.encode()).doesNotContain("forged").contains("app_id=2");
    }

    @Test
    void credentialsForAnyOfOurRealmsEndHereAndOthersGoOn() throws ParseException {
        SIPMessage bye = SipText.inDialog(
                "BYE",
                "sip:bob@pinhole.test",
                "Proxy-Authorization: Digest username=\"alice\",realm=\"pinhole.test\",nonce=\"n\",uri=\"sip:b\",response=\"ours\"");
        SIPMessage others = SipText.inDialog(
                "BYE",
                "sip:bob@pinhole.test",
                "Proxy-Authorization: Digest username=\"alice\",realm=\"core.test\",nonce=\"n\",uri=\"sip:b\",response=\"kept\"");

        PhoneHeaders.dropWithinDialog((SIPRequest) bye, true, REALMS);
        assertThat(bye.encode()).as("of an edge's phone, on its way in").contains("ours");
        for (SIPMessage message : new SIPMessage[] {bye, others}) {
            PhoneHeaders.dropWithinDialog((SIPRequest) message, false, REALMS);
        }

        assertThat(bye.encode()).doesNotContain("Proxy-Authorization");
        assertThat(others.encode()).contains("kept");
    }

    @Test
    void aLineThatDoesNotParseIsKnownByItsName() {
        assertThat(PhoneHeaders.isNetworksOwn("P-Asserted-Identity : <<<")).isTrue();
        assertThat(PhoneHeaders.isNetworksOwn("p-asserted-identity:x")).isTrue();
        assertThat(PhoneHeaders.isNetworksOwn("Subject: P-Asserted-Identity")).isFalse();
    }
}

package org.pinhole.connector.keepalive;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.address.AddressFactoryImpl;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KeepNegotiationTest {
    private final KeepNegotiation negotiation =
            new KeepNegotiation(KeepAlive.parse("45"), uri -> uri.toString().contains("192.0.2.1"));
    private final FlowKeep flow = new FlowKeep(new FlowLife(15, 0));

    @Test
    @Tag("K-2")
    @Tag("K-7")
    void anOfferIsAcceptedInThe200ToARegisterThatLeavesABinding() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";rport;keep", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, false, flow, 0);

        assertThat(topmostVia(ok)).endsWith(";keep=45");
    }

    @Test
    @Tag("K-3")
    void theValueIsDigitsWithoutQuotes() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";keep", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, false, flow, 0);

        assertThat(ok.encode()).contains(";keep=45\r\n");
    }

    @Test
    @Tag("K-7")
    void noOtherResponseCarriesAValue() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        for (String status :
                new String[] {"100 Trying", "401 Unauthorized", "403 Forbidden", "423 Too Brief", "503 Busy"}) {
            SIPResponse response = response(status, "REGISTER", ";keep", binding);

            negotiation.leaving(response, false, flow, 0);

            assertThat(topmostVia(response)).as(status).endsWith(";keep");
        }
        SIPResponse toDeregistration = response("200 OK", "REGISTER", ";keep", binding);
        SIPResponse noBindingLeft = response("200 OK", "REGISTER", ";keep", "");
        SIPResponse toOptions = response("200 OK", "OPTIONS", ";keep", binding);
        negotiation.leaving(toDeregistration, true, flow, 0);
        negotiation.leaving(noBindingLeft, false, flow, 0);
        negotiation.leaving(toOptions, false, flow, 0);
        assertThat(topmostVia(toDeregistration)).endsWith(";keep");
        assertThat(topmostVia(noBindingLeft)).endsWith(";keep");
        assertThat(topmostVia(toOptions)).endsWith(";keep");
    }

    @Test
    void whereNothingWasOfferedNothingIsAdded() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";rport", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, false, flow, 0);

        assertThat(topmostVia(ok)).doesNotContain("keep");
    }

    @Test
    @Tag("K-12")
    void aValueThatWasPlantedOnTheWayIsOverwrittenOrBlanked() throws ParseException {
        SIPResponse accepted = response("200 OK", "REGISTER", ";keep=1", "Contact: <sip:alice@192.0.2.9>\r\n");
        SIPResponse refused = response("401 Unauthorized", "REGISTER", ";keep=1", "");

        negotiation.leaving(accepted, false, flow, 0);
        negotiation.leaving(refused, false, flow, 0);

        assertThat(topmostVia(accepted)).endsWith(";keep=45");
        assertThat(topmostVia(refused)).endsWith(";keep");
    }

    @Test
    @Tag("K-1")
    @Tag("K-11")
    void aRequestKeepsABareOfferAndLosesAValue() throws ParseException {
        SIPRequest bare = request("Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep\r\n");
        SIPRequest valued = request("Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep=7\r\n"
                + "Via: SIP/2.0/TLS 192.0.2.8;branch=z9hG4bK0;keep=8\r\n");

        negotiation.arrived(bare, flow, 0);
        negotiation.arrived(valued, flow, 0);

        assertThat(bare.getTopmostVia().encode().trim()).endsWith(";keep");
        assertThat(valued.getTopmostVia().encode()).doesNotContain("keep");
        assertThat(valued.getViaHeaders().get(1).toString()).doesNotContain("keep=8");
    }

    @Test
    @Tag("O-9")
    @Tag("K-13")
    void flowTimerStandsBesideRequireOutboundOnlyAndEqualsKeep() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        SIPResponse outbound = response("200 OK", "REGISTER", ";keep", binding + "Require: path, outbound\r\n");
        SIPResponse plain = response("200 OK", "REGISTER", ";keep", binding + "Flow-Timer: 9\r\n");

        negotiation.leaving(outbound, false, flow, 0);
        negotiation.leaving(plain, false, flow, 0);

        assertThat(outbound.encode()).contains("Flow-Timer: 45\r\n").contains(";keep=45\r\n");
        assertThat(plain.encode()).doesNotContain("Flow-Timer");
    }

    @Test
    @Tag("K-8")
    @Tag("K-9")
    void aDialogIsAcceptedInItsReliableResponsesWhereWeAreOnItsRoute() throws ParseException {
        String route = "Record-Route: <sip:192.0.2.1:443;transport=tls;lr>\r\n";
        String contact = "Contact: <sip:bob@198.51.100.1>\r\n";
        SIPResponse ringing = response("180 Ringing", "INVITE", ";keep", route + contact);
        SIPResponse reliable = response("183 Progress", "INVITE", ";keep", route + contact + "RSeq: 1\r\n");
        SIPResponse ok = response("200 OK", "INVITE", ";keep", route + contact);
        SIPResponse elsewhere = response("200 OK", "INVITE", ";keep", contact);
        SIPResponse options = response("200 OK", "OPTIONS", ";keep", route + contact);

        for (SIPResponse response : new SIPResponse[] {elsewhere, ringing, reliable, ok, options}) {
            negotiation.leaving(response, false, flow, 0);
        }

        assertThat(topmostVia(ringing)).endsWith(";keep");
        assertThat(topmostVia(reliable)).endsWith(";keep=45");
        assertThat(topmostVia(ok)).endsWith(";keep=45");
        assertThat(topmostVia(elsewhere)).endsWith(";keep");
        assertThat(topmostVia(options)).endsWith(";keep");
        assertThat(flow.life().keepSeconds()).isEqualTo(45);
    }

    @Test
    @Tag("K-8")
    @Tag("K-10")
    void onceNegotiatedTheDialogIgnoresLaterOffersButRepeatsItsAnswer() throws ParseException {
        SIPResponse first = dialogResponse(";tag=bob", 1);
        SIPResponse again = dialogResponse(";tag=bob", 1);
        SIPResponse update = dialogResponse(";tag=bob", 2);
        SIPResponse otherFork = dialogResponse(";tag=carol", 1);

        for (SIPResponse response : new SIPResponse[] {first, again, update, otherFork}) {
            negotiation.leaving(response, false, flow, 0);
        }

        assertThat(topmostVia(first)).endsWith(";keep=45");
        assertThat(topmostVia(again)).endsWith(";keep=45");
        assertThat(topmostVia(update)).endsWith(";keep");
        assertThat(topmostVia(otherFork)).endsWith(";keep=45");
    }

    @Test
    @Tag("K-10")
    void aRefusedOfferMayComeAgainInTheDialog() throws ParseException {
        SIPResponse unreliable =
                response("180 Ringing", "INVITE", ";keep", "Record-Route: <sip:192.0.2.1:443;transport=tls;lr>\r\n");
        SIPResponse update = dialogResponse(";tag=2", 7);

        negotiation.leaving(unreliable, false, flow, 0);
        negotiation.leaving(update, false, flow, 0);

        assertThat(topmostVia(unreliable)).endsWith(";keep");
        assertThat(topmostVia(update)).endsWith(";keep=45");
    }

    @Test
    @Tag("K-10")
    void aByeOfEitherSideEndsTheKeepAlivesOfItsDialogAndOfNoOther() throws ParseException {
        negotiation.leaving(dialogResponse(";tag=bob", 1), false, flow, 0);
        negotiation.leaving(dialogResponse(";tag=carol", 1), false, flow, 0);

        negotiation.arrived(bye("alice", "bob"), flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving((SIPRequest) bye("carol", "alice"), flow);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-6")
    void aRefreshWithoutAnOfferEndsWhatTheRegistrationHadNegotiated() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), false, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);

        negotiation.leaving(response("401 Unauthorized", "REGISTER", "", ""), false, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving(response("200 OK", "REGISTER", "", binding), false, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    /** Requirements' trap 5: what was agreed lapses with the refresh, whose 401 and 200 the flow must live to see. */
    @Test
    @Tag("K-6")
    void aFlowThatIsAboutToExpireLivesThroughARefreshThatIsChallenged() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), false, flow, seconds(0));
        assertThat(flow.life().expired(seconds(60))).isTrue();

        flow.life().heard(seconds(59));
        negotiation.arrived(request("Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep\r\n"), flow, seconds(59));
        negotiation.leaving(response("401 Unauthorized", "REGISTER", ";keep", ""), false, flow, seconds(80));
        assertThat(flow.life().expired(seconds(59 + 45 + 15 - 1))).isFalse();
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), false, flow, seconds(118));

        assertThat(flow.life().expired(seconds(118 + 45 + 15 - 1))).isFalse();
        assertThat(flow.life().expired(seconds(118 + 45 + 15))).isTrue();
    }

    /** The same trap: two users of one phone share its flow. */
    @Test
    @Tag("K-6")
    @Tag("K-7")
    void theDeregistrationOfOneAddressLeavesTheKeepAlivesThatAnotherHasNegotiated() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        SIPResponse office = response("200 OK", "REGISTER", ";keep", binding);
        office.getTo().setAddress(new AddressFactoryImpl().createAddress("sip:office@pinhole.test"));
        negotiation.leaving(office, false, flow, 0);
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), false, flow, 0);

        negotiation.leaving(response("200 OK", "REGISTER", ";keep", ""), true, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving((SIPResponse) office.clone(), true, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    private static long seconds(int seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    private static SIPResponse dialogResponse(String toTag, int cseq) throws ParseException {
        return (SIPResponse) parse("SIP/2.0 200 OK\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep\r\n"
                + "From: <sip:alice@pinhole.test>;tag=alice\r\nTo: <sip:bob@pinhole.test>" + toTag + "\r\n"
                + "Call-ID: c\r\nCSeq: " + cseq + " UPDATE\r\nMax-Forwards: 70\r\n"
                + "Contact: <sip:token@192.0.2.1:443;transport=tls>\r\nContent-Length: 0\r\n\r\n");
    }

    private static SIPMessage bye(String fromTag, String toTag) throws ParseException {
        return parse("BYE sip:x@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK9\r\n"
                + "From: <sip:a@pinhole.test>;tag=" + fromTag + "\r\nTo: <sip:b@pinhole.test>;tag=" + toTag + "\r\n"
                + "Call-ID: c\r\nCSeq: 9 BYE\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
    }

    private static String topmostVia(SIPResponse response) {
        return response.getTopmostVia().encode().trim();
    }

    private static SIPRequest request(String vias) throws ParseException {
        return (SIPRequest) parse("REGISTER sip:pinhole.test SIP/2.0\r\n" + vias + common("REGISTER") + "\r\n");
    }

    private static SIPResponse response(String status, String method, String viaParameters, String more)
            throws ParseException {
        return (SIPResponse) parse("SIP/2.0 " + status + "\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1"
                + viaParameters + "\r\n" + common(method) + more + "\r\n");
    }

    private static String common(String method) {
        return "From: <sip:alice@pinhole.test>;tag=1\r\nTo: <sip:alice@pinhole.test>;tag=2\r\nCall-ID: c\r\n"
                + "CSeq: 1 " + method + "\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n";
    }

    private static SIPMessage parse(String text) throws ParseException {
        return new StringMsgParser()
                .parseSIPMessage(text.getBytes(StandardCharsets.UTF_8), true, false, (fault, m, c, h, t) -> {
                    throw fault;
                });
    }
}

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
    private final BindingsAsked removal = asked("Contact: <sip:alice@192.0.2.9>;expires=0\r\n");

    @Test
    @Tag("K-2")
    @Tag("K-7")
    void anOfferIsAcceptedInThe200ToARegisterThatLeavesABinding() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";rport;keep", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(topmostVia(ok)).endsWith(";keep=45");
    }

    @Test
    @Tag("K-3")
    void theValueIsDigitsWithoutQuotes() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";keep", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(ok.encode()).contains(";keep=45\r\n");
    }

    @Test
    @Tag("K-7")
    void noOtherResponseCarriesAValue() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        for (String status :
                new String[] {"100 Trying", "401 Unauthorized", "403 Forbidden", "423 Too Brief", "503 Busy"}) {
            SIPResponse response = response(status, "REGISTER", ";keep", binding);

            negotiation.leaving(response, BindingsAsked.UNKNOWN, flow, 0);

            assertThat(topmostVia(response)).as(status).endsWith(";keep");
        }
        SIPResponse toDeregistration = response("200 OK", "REGISTER", ";keep", binding);
        SIPResponse noBindingLeft = response("200 OK", "REGISTER", ";keep", "");
        SIPResponse toOptions = response("200 OK", "OPTIONS", ";keep", binding);
        negotiation.leaving(toDeregistration, removal, flow, 0);
        negotiation.leaving(noBindingLeft, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(toOptions, BindingsAsked.UNKNOWN, flow, 0);
        assertThat(topmostVia(toDeregistration)).endsWith(";keep");
        assertThat(topmostVia(noBindingLeft)).endsWith(";keep");
        assertThat(topmostVia(toOptions)).endsWith(";keep");
    }

    @Test
    void whereNothingWasOfferedNothingIsAdded() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";rport", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(topmostVia(ok)).doesNotContain("keep");
    }

    @Test
    @Tag("K-12")
    void aValueThatWasPlantedOnTheWayIsOverwrittenOrBlanked() throws ParseException {
        SIPResponse accepted = response("200 OK", "REGISTER", ";keep=1", "Contact: <sip:alice@192.0.2.9>\r\n");
        SIPResponse refused = response("401 Unauthorized", "REGISTER", ";keep=1", "");

        negotiation.leaving(accepted, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(refused, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(topmostVia(accepted)).endsWith(";keep=45");
        assertThat(topmostVia(refused)).endsWith(";keep");
    }

    @Test
    @Tag("K-7")
    @Tag("K-8")
    @Tag("K-12")
    @Tag("trap-4")
    void whatTheContainerAnswersByItselfHasNoValueWhateverThePhonePlanted() throws ParseException {
        for (String status : new String[] {"100 Trying", "408 Timeout", "430 Flow Failed", "481 Gone", "500 Error"}) {
            for (String method : new String[] {"INVITE", "REGISTER"}) {
                SIPResponse own = response(status, method, ";keep=7", "");

                negotiation.leaving(own, BindingsAsked.UNKNOWN, flow, 0);

                assertThat(topmostVia(own)).as(status).endsWith(";keep");
            }
        }
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

        negotiation.leaving(outbound, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(plain, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(outbound.encode()).contains("Flow-Timer: 45\r\n").contains(";keep=45\r\n");
        assertThat(plain.encode()).doesNotContain("Flow-Timer");
    }

    @Test
    @Tag("O-9")
    @Tag("K-13")
    void aFlowTimerThatWasPlantedInAnotherAnswerIsTakenOff() throws ParseException {
        String route = "Record-Route: <sip:192.0.2.1:443;transport=tls;lr>\r\nContact: <sip:bob@198.51.100.1>\r\n";
        SIPResponse invite = response("200 OK", "INVITE", ";keep", route + "Flow-Timer: 7\r\n");
        SIPResponse message = response("200 OK", "MESSAGE", "", "Flow-Timer: 7\r\n");

        negotiation.leaving(invite, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(message, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(invite.encode()).contains(";keep=45\r\n").doesNotContain("Flow-Timer");
        assertThat(message.encode()).doesNotContain("Flow-Timer");
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
            negotiation.leaving(response, BindingsAsked.UNKNOWN, flow, 0);
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
            negotiation.leaving(response, BindingsAsked.UNKNOWN, flow, 0);
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

        negotiation.leaving(unreliable, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(update, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(topmostVia(unreliable)).endsWith(";keep");
        assertThat(topmostVia(update)).endsWith(";keep=45");
    }

    @Test
    @Tag("K-10")
    void aByeOfEitherSideEndsTheKeepAlivesOfItsDialogAndOfNoOther() throws ParseException {
        negotiation.leaving(dialogResponse(";tag=bob", 1), BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(dialogResponse(";tag=carol", 1), BindingsAsked.UNKNOWN, flow, 0);

        negotiation.arrived(bye("alice", "bob"), flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving((SIPRequest) bye("carol", "alice"), flow);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-6")
    void aRefreshWithoutAnOfferEndsWhatTheRegistrationHadNegotiated() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);

        negotiation.leaving(response("401 Unauthorized", "REGISTER", "", ""), BindingsAsked.UNKNOWN, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving(response("200 OK", "REGISTER", "", binding), BindingsAsked.UNKNOWN, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    /** Requirements' trap 5: what was agreed lapses with the refresh, whose answer the flow must live to see, however long it takes. */
    @Test
    @Tag("K-6")
    @Tag("trap-5")
    void aFlowThatIsAboutToExpireLivesThroughARefreshThatIsChallenged() throws ParseException {
        KeepNegotiation brief = new KeepNegotiation(KeepAlive.parse("10"), uri -> false);
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=3600\r\n";
        brief.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, seconds(0));
        assertThat(flow.life().expired(seconds(25))).isTrue();

        flow.life().heard(seconds(24));
        brief.arrived(request("Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep\r\n"), flow, seconds(24));
        brief.leaving(response("401 Unauthorized", "REGISTER", ";keep", ""), BindingsAsked.UNKNOWN, flow, seconds(54));
        assertThat(flow.life().expired(seconds(24 + 32 + 15 - 1))).isFalse();
        brief.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, seconds(70));

        assertThat(flow.life().expired(seconds(70 + 10 + 15 - 1))).isFalse();
        assertThat(flow.life().expired(seconds(70 + 10 + 15))).isTrue();
    }

    /** The same trap: two users of one phone share its flow. */
    @Test
    @Tag("K-6")
    @Tag("K-7")
    @Tag("trap-5")
    void theDeregistrationOfOneAddressLeavesTheKeepAlivesThatAnotherHasNegotiated() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        SIPResponse office = response("200 OK", "REGISTER", ";keep", binding);
        office.getTo().setAddress(new AddressFactoryImpl().createAddress("sip:office@pinhole.test"));
        negotiation.leaving(office, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, 0);

        negotiation.leaving(response("200 OK", "REGISTER", ";keep", ""), removal, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(45);
        negotiation.leaving((SIPResponse) office.clone(), removal, flow, 0);
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    /** A phone that was not answered, and goes, owes nobody a ping; the flow may carry other things for long. */
    @Test
    @Tag("K-6")
    @Tag("K-8")
    void aCallThatComesToNothingTakesAlongWhatItsProvisionalAnswersHadAgreed() throws ParseException {
        for (String refusal : new String[] {"487 Request Terminated", "486 Busy Here", "408 Request Timeout"}) {
            String forks = refusal.substring(0, 3);
            negotiation.leaving(invited("183 Progress", "bob" + forks, 1), BindingsAsked.UNKNOWN, flow, 0);
            negotiation.leaving(invited("183 Progress", "carol" + forks, 1), BindingsAsked.UNKNOWN, flow, 0);
            assertThat(flow.life().keepSeconds()).isEqualTo(45);

            negotiation.leaving(invited(refusal, "dave", 1), BindingsAsked.UNKNOWN, flow, 0);

            assertThat(flow.life().keepSeconds()).as(refusal).isEqualTo(-1);
        }
    }

    @Test
    @Tag("K-8")
    @Tag("K-10")
    void oneForkThatAnswersEndsTheKeepAlivesOfTheOthers() throws ParseException {
        negotiation.leaving(invited("183 Progress", "bob", 1), BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(invited("183 Progress", "carol", 1), BindingsAsked.UNKNOWN, flow, 0);

        SIPResponse ok = invited("200 OK", "carol", 1);
        negotiation.leaving(ok, BindingsAsked.UNKNOWN, flow, 0);
        negotiation.arrived(bye("alice", "carol"), flow, 0);

        assertThat(topmostVia(ok)).endsWith(";keep=45");
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-10")
    void aRefusedReInviteLeavesTheDialogItsKeepAlivesAndA408Or481EndsThem() throws ParseException {
        for (String end : new String[] {"408 Request Timeout", "481 Call/Transaction Does Not Exist"}) {
            String bob = "bob" + end.substring(0, 3);
            negotiation.leaving(invited("200 OK", bob, 1), BindingsAsked.UNKNOWN, flow, 0);
            negotiation.leaving(invited("488 Not Acceptable Here", bob, 2), BindingsAsked.UNKNOWN, flow, 0);
            assertThat(flow.life().keepSeconds()).isEqualTo(45);

            negotiation.leaving(invited(end, bob, 3), BindingsAsked.UNKNOWN, flow, 0);

            assertThat(flow.life().keepSeconds()).as(end).isEqualTo(-1);
        }
    }

    /** In the words of a phone that was called: the tags stand the other way round. */
    @Test
    @Tag("K-10")
    void aPhoneThatKnowsNothingOfADialogAnyMoreOwesItNoPings() throws ParseException {
        negotiation.leaving(dialogResponse(";tag=bob", 1), BindingsAsked.UNKNOWN, flow, 0);
        SIPResponse gone = (SIPResponse) parse("SIP/2.0 481 Gone\r\nVia: SIP/2.0/TLS 192.0.2.1;branch=z9hG4bK1\r\n"
                + "From: <sip:bob@pinhole.test>;tag=bob\r\nTo: <sip:alice@pinhole.test>;tag=alice\r\n"
                + "Call-ID: c\r\nCSeq: 4 INFO\r\nContent-Length: 0\r\n\r\n");

        negotiation.arrived(gone, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-8")
    @Tag("K-10")
    void anAnswerThatIsSentAgainAfterTheByeSaysTheSameAndBeginsNothing() throws ParseException {
        negotiation.leaving(invited("200 OK", "bob", 1), BindingsAsked.UNKNOWN, flow, 0);
        negotiation.arrived(bye("alice", "bob"), flow, 0);
        SIPResponse again = invited("200 OK", "bob", 1);

        negotiation.leaving(again, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(topmostVia(again)).endsWith(";keep=45");
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-6")
    void aRegistrationThatLapsesTakesItsKeepAlivesAlong() throws ParseException {
        String binding = "Contact: <sip:other@192.0.2.8>;expires=3600, <sip:alice@192.0.2.9>;expires=600\r\n";
        BindingsAsked asked = asked("Contact: <sip:alice@192.0.2.9>\r\n");
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), asked, flow, 0);

        flow.life().heard(seconds(541));

        assertThat(flow.life().expired(seconds(540 + 60))).isFalse();
        assertThat(flow.life().expired(seconds(6_000)))
                .as("nobody owes pings any more")
                .isFalse();
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    @Test
    @Tag("K-6")
    void aRefreshThatSpellsItsAddressAnewIsOfTheSameRegistration() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, 0);
        SIPResponse refreshed = response("200 OK", "REGISTER", "", binding);
        refreshed.getTo().setAddress(new AddressFactoryImpl().createAddress("sip:alice@PINHOLE.test;user=phone"));

        negotiation.leaving(refreshed, BindingsAsked.UNKNOWN, flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(-1);
    }

    /** It refreshes nothing (RFC 3261 §10.2.3), so it negotiates nothing, either way. */
    @Test
    @Tag("K-6")
    void aQuestionForTheBindingsThereAreIsNoRefresh() throws ParseException {
        String binding = "Contact: <sip:alice@192.0.2.9>;expires=60\r\n";
        SIPResponse offering = response("200 OK", "REGISTER", ";keep", binding);
        negotiation.leaving(offering, asked(""), flow, 0);
        assertThat(topmostVia(offering)).endsWith(";keep");
        assertThat(flow.life().keepSeconds()).isEqualTo(-1);

        negotiation.leaving(response("200 OK", "REGISTER", ";keep", binding), BindingsAsked.UNKNOWN, flow, 0);
        negotiation.leaving(response("200 OK", "REGISTER", "", binding), asked(""), flow, 0);

        assertThat(flow.life().keepSeconds()).isEqualTo(45);
    }

    /** A star takes all away, and has no URI whose text could be looked at. */
    @Test
    @Tag("K-7")
    void aStarIsNoBinding() throws ParseException {
        SIPResponse ok = response("200 OK", "REGISTER", ";keep", "Contact: <sip:alice@192.0.2.9>;expires=60\r\n");

        negotiation.leaving(ok, asked("Contact: *\r\nExpires: 0\r\n"), flow, 0);

        assertThat(topmostVia(ok)).endsWith(";keep");
        assertThat(asked("Contact: *\r\n").takesAway()).isFalse();
    }

    private static SIPResponse invited(String status, String toTag, int cseq) throws ParseException {
        return (SIPResponse) parse("SIP/2.0 " + status + "\r\nVia: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1;keep\r\n"
                + "From: <sip:alice@pinhole.test>;tag=alice\r\nTo: <sip:bob@pinhole.test>;tag=" + toTag + "\r\n"
                + "Call-ID: c\r\nCSeq: " + cseq + " INVITE\r\nRSeq: 1\r\n"
                + "Contact: <sip:token@192.0.2.1:443;transport=tls>\r\nContent-Length: 0\r\n\r\n");
    }

    private static BindingsAsked asked(String contacts) {
        try {
            return BindingsAsked.of(request("Via: SIP/2.0/TLS 192.0.2.9;branch=z9hG4bK1\r\n" + contacts));
        } catch (ParseException wrong) {
            throw new IllegalArgumentException(wrong);
        }
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

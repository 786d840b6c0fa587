package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.ue.doubles.HandLoop;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

class CallsTest {
    private static final String RECORD_ROUTE = "<sip:e.test;lr;odd=%3b.~>;x=\"a,b\"";

    private final HandLoop loop = new HandLoop();
    private final List<SipMessage> sent = new ArrayList<>();
    private final ClientTransactions transactions;
    private final SipLink link;
    private Calls calls;

    CallsTest() throws IOException {
        SipLink link = new SipLink() {
            @Override
            public void send(SipMessage message) {
                sent.add(message);
            }

            @Override
            public void ping() {}

            @Override
            public void lineBreak() {}
        };
        this.link = link;
        transactions = new ClientTransactions(loop, link);
        calls = callsThatRing(Duration.ZERO);
    }

    private static UeSettings settings() throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("edge.test", 443), Trust.system());
        return UeSettings.of(route, "pinhole.test", "alice", "wonder");
    }

    private Calls callsThatRing(Duration time) throws IOException {
        return calls(settings().ringingFor(time));
    }

    private Calls calls(UeSettings settings) {
        Ids ids = new Ids(new Random(1));
        LocalEnd local = new LocalEnd(settings, new HostPort("192.0.2.7", 4000), ids);
        return new Calls(loop, link, local, new Requester(transactions, ids, settings), ids);
    }

    private void receive(String method, String toTag, String... more) {
        receive(method, 1, toTag, more);
    }

    private void receive(String method, int callId, String toTag, String... more) {
        calls.request(request(method, callId, toTag, more));
    }

    private static SipRequest request(String method, int callId, String toTag, String... more) {
        String text = String.join(
                        "\r\n",
                        method + " sip:alice@192.0.2.7:4000;transport=tls SIP/2.0",
                        "Via: SIP/2.0/TLS e.test;branch=z9hG4bKe, SIP/2.0/TLS b.test;branch=z9hG4bKb;keep",
                        "Record-Route: " + RECORD_ROUTE,
                        "From: <sip:bob@pinhole.test>;tag=b",
                        "To: <sip:alice@pinhole.test>" + toTag,
                        "Call-ID: " + callId,
                        "CSeq: " + (method.equals("BYE") ? 8 : 7) + " " + method,
                        "Contact: <sip:bob@192.0.2.8:5>")
                + "\r\n" + String.join("", more) + "\r\n";
        return (SipRequest) SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> startLines() {
        return sent.stream().map(SipMessage::startLine).toList();
    }

    private String ourTag() {
        return ";tag=" + sent.get(0).to().params().find("tag");
    }

    @Test
    void anInviteRingsAndIsAnsweredWithItsRecordRouteUntouched() {
        receive("INVITE", "");

        assertThat(startLines()).containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
        assertThat(sent)
                .allSatisfy(
                        reply -> assertThat(reply.headers().all("Record-Route")).containsExactly(RECORD_ROUTE));
        assertThat(sent.get(1).headers().all("Via"))
                .containsExactly("SIP/2.0/TLS e.test;branch=z9hG4bKe, SIP/2.0/TLS b.test;branch=z9hG4bKb;keep");
        assertThat(sent.get(1).bodyText()).contains("a=inactive");
    }

    @Test
    void the200IsSentAgainUntilItsAckIsThere() {
        receive("INVITE", "");
        loop.pass(Duration.ofSeconds(2));
        assertThat(startLines())
                .containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 200 OK", "SIP/2.0 200 OK");

        receive("ACK", ourTag());
        loop.pass(Duration.ofMinutes(2));

        assertThat(sent).hasSize(4);
    }

    @Test
    void withoutAnAckWeHangUp() {
        receive("INVITE", "");
        loop.pass(Duration.ofMinutes(1));

        assertThat(startLines()).last().isEqualTo("BYE sip:bob@192.0.2.8:5 SIP/2.0");
    }

    @Test
    void aByeOfTheDialogEndsItAndASecondOneFindsNothing() {
        receive("INVITE", "");
        receive("ACK", ourTag());
        receive("BYE", ourTag());
        receive("BYE", ourTag());

        assertThat(startLines().subList(2, 4))
                .containsExactly("SIP/2.0 200 OK", "SIP/2.0 481 Call/Transaction Does Not Exist");
    }

    @ParameterizedTest
    @CsvSource({
        "OPTIONS,200 OK",
        "MESSAGE,405 Method Not Allowed",
        "BREW,501 Not Implemented",
        "CANCEL,481 Call/Transaction Does Not Exist"
    })
    void otherRequestsAreAnsweredByWhatTheyAre(String method, String answer) {
        receive(method, "");

        assertThat(startLines()).containsExactly("SIP/2.0 " + answer);
    }

    @Test
    void anExtensionThatIsRequiredAndUnknownIsNamed() {
        receive("INVITE", "", "Require: 100rel, outbound\r\n");

        assertThat(startLines()).containsExactly("SIP/2.0 420 Bad Extension");
        assertThat(sent.get(0).headers().require("Unsupported")).isEqualTo("100rel");
    }

    @Test
    void theAnswerHasAsManyMediaAsTheOffer() {
        String offer = "v=0\r\nm=video 6 RTP/AVP 96\r\nm=audio 8 RTP/AVP 8 0\r\nm=audio 9 RTP/AVP 0\r\n";

        assertThat(Sdp.answer(offer, "192.0.2.7", 1).lines().filter(line -> line.startsWith("m=")))
                .containsExactly("m=video 0 RTP/AVP 96", "m=audio 9 RTP/AVP 0", "m=audio 0 RTP/AVP 0");
    }

    private void answer(SipRequest request, int status, String... more) {
        String text = String.join(
                        "\r\n",
                        "SIP/2.0 " + status + " Answer",
                        "Via: " + request.headers().require("Via"),
                        "From: " + request.headers().require("From"),
                        "To: <sip:bob@pinhole.test>;tag=b",
                        "Call-ID: " + request.callId(),
                        "CSeq: " + request.cseq(),
                        "Contact: <sip:bob@192.0.2.8:5>")
                + "\r\n" + String.join("", more) + "\r\n";
        transactions.take((SipResponse) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aCallerGivesUpOnlyOnceTheFarEndWasHeard() {
        OutgoingCall call = calls.begin("sip:bob@pinhole.test", List.of("<sip:route.test;lr>"), null);
        SipRequest invite = (SipRequest) sent.get(0);
        call.cancelled(new CompletableFuture<>());
        assertThat(startLines()).hasSize(1);

        answer(invite, 180);

        SipRequest cancel = (SipRequest) sent.get(1);
        assertThat(cancel.startLine()).isEqualTo("CANCEL sip:bob@pinhole.test SIP/2.0");
        assertThat(cancel.headers().require("Via")).isEqualTo(invite.headers().require("Via"));
        assertThat(cancel.headers().require("CSeq")).isEqualTo("1 CANCEL");
        assertThat(cancel.headers().all("Route")).containsExactly("<sip:route.test;lr>");
        answer(invite, 183);
        assertThat(sent).as("once").hasSize(2);
    }

    @Test
    void theCancelledInviteEndsWith487AndItsAck() {
        CompletableFuture<Integer> over = new CompletableFuture<>();
        OutgoingCall call = calls.begin("sip:bob@pinhole.test", List.of(), null);
        SipRequest invite = (SipRequest) sent.get(0);
        answer(invite, 100);
        call.cancelled(over);

        answer((SipRequest) sent.get(1), 200);
        answer(invite, 487);

        assertThat(over).isCompletedWithValue(487);
        assertThat(startLines().get(2)).startsWith("ACK ");
    }

    @Test
    void anAnswerThatCrossedTheCancelIsAcknowledgedAndHungUp() {
        CompletableFuture<Integer> over = new CompletableFuture<>();
        OutgoingCall call = calls.begin("sip:bob@pinhole.test", List.of(), null);
        SipRequest invite = (SipRequest) sent.get(0);
        answer(invite, 180);
        call.cancelled(over);

        answer(invite, 200);

        assertThat(over).isCompletedWithValue(200);
        assertThat(startLines().subList(2, 4))
                .containsExactly("ACK sip:bob@192.0.2.8:5 SIP/2.0", "BYE sip:bob@192.0.2.8:5 SIP/2.0");
    }

    @Test
    void aCallThatRingsIsAnsweredAfterAWhile() throws IOException {
        calls = callsThatRing(Duration.ofSeconds(3));
        receive("INVITE", "");
        loop.pass(Duration.ofMillis(2999));
        assertThat(startLines()).containsExactly("SIP/2.0 180 Ringing");

        loop.pass(Duration.ofMillis(1));

        assertThat(startLines()).containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
    }

    @Test
    void aCallThatIsCancelledWhileItRingsEndsWith487() throws IOException {
        calls = callsThatRing(Duration.ofSeconds(3));
        receive("INVITE", "");

        receive("CANCEL", "");
        loop.pass(Duration.ofMinutes(1));

        assertThat(startLines())
                .containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated");
        assertThat(sent.get(1).cseq().method()).isEqualTo("CANCEL");
        assertThat(sent.get(2).cseq().method()).isEqualTo("INVITE");
    }

    private static String asks(String realm) {
        return "Proxy-Authenticate: Digest realm=\"" + realm + "\",nonce=\"chosen\",algorithm=MD5\r\n";
    }

    @Test
    @Tag("U-2")
    void whoeverIsCalledGetsNoHashOfThePassword() {
        OutgoingCall call = calls.begin("sip:mallory@pinhole.test", List.of(), null);

        answer((SipRequest) sent.get(0), 407, asks("evil.test"));

        assertThat(startLines()).as("and the ACK of the 407").hasSize(2);
        assertThat(startLines().get(1)).startsWith("ACK ");
        assertThat(sent).noneMatch(message -> message.headers().find("Proxy-Authorization") != null);
        assertThatThrownBy(() -> call.awaitAnswered(Duration.ZERO))
                .hasMessageContaining("asks for a password of realm evil.test, which is not known to be ours");
    }

    @Test
    @Tag("U-2")
    void theDomainsOwnChallengeIsAnsweredThoughAStrangersComesFirst() {
        calls.begin("sip:bob@pinhole.test", List.of(), null);

        answer((SipRequest) sent.get(0), 407, asks("evil.test"), asks("pinhole.test"));

        assertThat(sent.get(2).headers().require("Proxy-Authorization")).contains("realm=\"pinhole.test\"");
    }

    @Test
    void aRealmThatWasNamedIsAnsweredToo() throws IOException {
        calls = calls(settings().trustingRealms(Set.of("partner.test")));
        calls.begin("sip:bob@pinhole.test", List.of(), null);

        answer((SipRequest) sent.get(0), 407, asks("partner.test"));

        assertThat(sent.get(2).headers().require("Proxy-Authorization")).contains("realm=\"partner.test\"");
    }

    @Test
    void oneCallMoreThanThereMayBeIsBusy() throws IOException {
        calls = calls(settings().takingCalls(1));
        receive("INVITE", 1, "");
        receive("INVITE", 2, "");
        assertThat(startLines()).containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 486 Busy Here");

        receive("ACK", 1, ourTag());
        receive("BYE", 1, ourTag());
        receive("INVITE", 3, "");

        assertThat(startLines().subList(4, 6)).containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK");
    }

    /** Makes an answer when the test says so, and keeps what it is told. */
    private static final class SlowAnswerer implements Answerer {
        private final CompletableFuture<String> answer = new CompletableFuture<>();
        private final List<String> ended = new ArrayList<>();

        @Override
        public CompletableFuture<String> answer(SipRequest invite) {
            return answer;
        }

        @Override
        public void ended(SipRequest invite) {
            ended.add(invite.callId());
        }
    }

    @Test
    void whoeverMakesTheMediaIsToldOfACallThatIsCancelledMeanwhile() throws IOException {
        SlowAnswerer answerer = new SlowAnswerer();
        calls = calls(settings().answeringBy(answerer));
        receive("INVITE", 1, "");

        receive("CANCEL", 1, "");
        answerer.answer.complete("v=0\r\n");

        assertThat(answerer.ended).containsExactly("1");
        assertThat(startLines())
                .containsExactly("SIP/2.0 180 Ringing", "SIP/2.0 200 OK", "SIP/2.0 487 Request Terminated");
    }

    @Test
    void whoeverMakesTheMediaIsToldOfACallWithoutAckOfAByeAndOfAFlowThatFails() throws IOException {
        SlowAnswerer answerer = new SlowAnswerer();
        answerer.answer.complete("v=0\r\n");
        calls = calls(settings().answeringBy(answerer));

        receive("INVITE", 1, "");
        loop.pass(Duration.ofMinutes(1));
        assertThat(answerer.ended).as("no ACK").containsExactly("1");
        sent.clear();
        receive("INVITE", 2, "");
        receive("ACK", 2, ourTag());
        receive("BYE", 2, ourTag());
        assertThat(answerer.ended).as("BYE").containsExactly("1", "2");
        receive("INVITE", 3, "");
        calls.flowFailed("pulled");

        assertThat(answerer.ended).as("flow").containsExactly("1", "2", "3");
    }

    private void receiveOffer(int cseq, String toTag, String fragment) {
        SipRequest bare = request("INVITE", 1, toTag);
        byte[] body = ("v=0\r\na=ice-ufrag:" + fragment + "\r\n").getBytes(StandardCharsets.UTF_8);
        calls.request(new SipRequest("INVITE", bare.uri(), bare.headers().with("CSeq", cseq + " INVITE"), body));
    }

    @Test
    @Tag("U-10")
    void newIceCredentialsInACallThatStandsAreNotAcceptableAndTheSameOnesAre() throws IOException {
        SlowAnswerer answerer = new SlowAnswerer();
        answerer.answer.complete("v=0\r\na=ice-ufrag:ours\r\n");
        calls = calls(settings().answeringBy(answerer));
        receiveOffer(7, "", "theirs");
        receive("ACK", ourTag());
        String tag = ourTag();
        sent.clear();

        receiveOffer(8, tag, "anew");
        receiveOffer(9, tag, "theirs");

        assertThat(startLines()).containsExactly("SIP/2.0 488 Not Acceptable Here", "SIP/2.0 200 OK");
        assertThat(sent.get(1).bodyText()).contains("a=ice-ufrag:ours");
    }
}

package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

class RegistrationTest {
    private final HandLoop loop = new HandLoop();
    private final List<SipRequest> sent = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final CompletableFuture<Registered> result = new CompletableFuture<>();
    private Runnable pongs = () -> {};
    private int pings;
    private final LocalEnd local;
    private final ClientTransactions transactions;
    private final Registration registration;

    RegistrationTest() throws IOException {
        SipLink link = new SipLink() {
            @Override
            public void send(SipMessage message) {
                sent.add((SipRequest) message);
            }

            @Override
            public void ping() {
                pings++;
                loop.schedule(Duration.ofMillis(20), () -> pongs.run());
            }

            @Override
            public void lineBreak() {}
        };
        Ids ids = new Ids(new Random(1));
        TunnelRoute route = TunnelRoute.to(new HostPort("edge.test", 443), Trust.system());
        UeSettings settings = UeSettings.of(route, "pinhole.test", "alice", "wonder");
        local = new LocalEnd(settings, new HostPort("192.0.2.7", 4000), ids);
        transactions = new ClientTransactions(loop, link);
        Requester requester = new Requester(transactions, ids, settings);
        KeepAlive keepAlive = new KeepAlive(loop, new Random(1), link::ping, failures::add);
        pongs = keepAlive::pong;
        registration = new Registration(loop, local, requester, keepAlive, ids, failures::add);
    }

    private void answer(int status, String keep, String... more) {
        SipRequest request = sent.get(sent.size() - 1);
        boolean ours = status / 100 == 2 && List.of(more).stream().noneMatch(line -> line.startsWith("Contact"));
        String contact = ours ? "Contact: " + request.headers().require("Contact") + "\r\n" : "";
        String text = String.join(
                        "\r\n",
                        "SIP/2.0 " + status + " Answer",
                        "Via: " + request.headers().require("Via").replace(";keep", ";rport=7;" + keep),
                        "Via: SIP/2.0/TLS below;keep=99",
                        "From: " + request.headers().require("From"),
                        "To: <sip:alice@pinhole.test>;tag=r",
                        "Call-ID: " + request.callId(),
                        "CSeq: " + request.cseq())
                + "\r\n" + contact + String.join("\r\n", more) + (more.length == 0 ? "" : "\r\n") + "\r\n";
        transactions.take((SipResponse) SipParser.parse(text.getBytes(StandardCharsets.UTF_8)));
    }

    private void register() {
        registration.register(Duration.ofHours(1), result);
    }

    @Test
    @Tag("U-2")
    @Tag("K-1")
    void everyRegisterOffersKeepWithoutAValue() {
        register();
        answer(401, "keep", "WWW-Authenticate: Digest realm=\"r\",nonce=\"n\",algorithm=SHA-256,qop=\"auth\"");
        answer(200, "keep=45", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=600");
        loop.pass(Duration.ofMinutes(5));

        assertThat(sent)
                .hasSize(3)
                .allSatisfy(
                        request -> assertThat(request.headers().require("Via")).endsWith(";rport;keep"));
    }

    @Test
    @Tag("O-15")
    void theRefreshComesAtHalfTimeWithTheSameCallIdAndTheSameNonce() {
        register();
        answer(401, "keep", "WWW-Authenticate: Digest realm=\"r\",nonce=\"n\",algorithm=SHA-256,qop=\"auth\"");
        answer(200, "keep=1000", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=600");
        loop.pass(Duration.ofSeconds(299));
        assertThat(sent).hasSize(2);

        loop.pass(Duration.ofSeconds(1));

        SipRequest refresh = sent.get(2);
        assertThat(refresh.callId()).isEqualTo(sent.get(0).callId());
        assertThat(refresh.cseq().number()).isEqualTo(3);
        assertThat(refresh.headers().require("Authorization")).contains("nc=00000002");
    }

    @Test
    @Tag("K-6")
    @Tag("U-3")
    void aRefreshWhose200HasNoValueEndsThePings() {
        register();
        answer(200, "keep=45", "Expires: 600");
        loop.pass(Duration.ofSeconds(46));
        assertThat(pings).isEqualTo(1);
        registration.register(Duration.ofHours(1), new CompletableFuture<>());
        answer(200, "keep", "Expires: 600000");
        pings = 0;

        loop.pass(Duration.ofSeconds(100));

        assertThat(pings).isZero();
    }

    @Test
    void aMalformedAnswerFailsInOneLine() {
        register();
        answer(200, "keep=45", "Contact: <sip:alice@192.0.2.7:4000");

        assertThat(result).isCompletedExceptionally();
    }

    @Test
    void noAnswerFailsAfterTimerF() {
        register();
        loop.pass(Duration.ofSeconds(32));

        assertThat(result).isCompletedExceptionally();
    }

    private SipRequest last() {
        return sent.get(sent.size() - 1);
    }

    @Test
    @Tag("U-7")
    void aLongRegistrationIsRefreshedTenMinutesBeforeItsEnd() {
        register();
        answer(200, "keep=100000", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=3600");
        loop.pass(Duration.ofSeconds(2999));
        assertThat(sent).hasSize(1);

        loop.pass(Duration.ofSeconds(1));

        assertThat(sent).hasSize(2);
    }

    @Test
    void anIntervalTooBriefIsAskedForAgainAsLongAsTheRegistrarWants() {
        registration.register(Duration.ofSeconds(60), result);

        answer(423, "keep", "Min-Expires: 1800");

        assertThat(last().headers().require("Expires")).isEqualTo("1800");
        assertThat(last().callId()).isEqualTo(sent.get(0).callId());
        answer(423, "keep", "Min-Expires: 1800");
        assertThat(sent).as("not for ever").hasSize(2);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    @Tag("U-12")
    void aFirstHopWithoutOutboundIsTriedWithoutIt() {
        register();
        assertThat(last().headers().require("Contact")).contains(";reg-id=1;");

        answer(439, "keep");

        assertThat(last().headers().require("Contact")).doesNotContain("reg-id").contains("+sip.instance");
        assertThat(last().headers().require("Supported")).isEqualTo("path,gruu");
        answer(439, "keep");
        assertThat(sent).as("not for ever").hasSize(2);
        assertThat(result).isCompletedExceptionally();
    }

    @Test
    @Tag("O-18")
    @Tag("U-12")
    void flowFailedIsTakenAsABadRequest() {
        register();

        answer(430, "keep");

        assertThatThrownBy(result::join).hasMessageContaining("430 Answer (taken as 400)");
    }

    @Test
    @Tag("O-15")
    void aRegistrarThatIsBusyAtARefreshLeavesTheFlowAndItsPings() {
        register();
        answer(200, "keep=45", "Expires: 600");
        loop.pass(Duration.ofMinutes(5));
        answer(503, "keep", "Retry-After: 120 (in maintenance)");
        pings = 0;

        loop.pass(Duration.ofMinutes(2));

        assertThat(failures).isEmpty();
        assertThat(pings).isPositive();
        assertThat(sent).hasSize(3);
    }

    @Test
    void aRefreshThatIsRefusedFailsTheFlow() {
        register();
        answer(200, "keep=45", "Expires: 600");
        loop.pass(Duration.ofMinutes(5));

        answer(403, "keep");

        assertThat(failures).containsExactly("REGISTER was answered 403 Answer");
    }

    @Test
    @Tag("U-6")
    void whatThe200MakesOfUsIsUsedFromThenOn() {
        register();
        answer(
                200,
                "keep=45",
                "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;reg-id=1;expires=600"
                        + ";pub-gruu=\"sip:alice@pinhole.test;gr=urn:uuid:f8\"",
                "Service-Route: <sip:orig@s.pinhole.test;lr>, <sip:t.pinhole.test;lr>",
                "P-Associated-URI: <sip:alice.first@pinhole.test>, <tel:+4930123456>");

        assertThat(registration.serviceRoute())
                .containsExactly("<sip:orig@s.pinhole.test;lr>", "<sip:t.pinhole.test;lr>");
        assertThat(result.join().publicGruu()).isEqualTo("sip:alice@pinhole.test;gr=urn:uuid:f8");
        SipRequest invite = local.invite("sip:bob@pinhole.test", "1", "t", 1, registration.serviceRoute(), "");
        assertThat(invite.headers().require("From")).isEqualTo("<sip:alice.first@pinhole.test>;tag=t");
        assertThat(invite.headers().require("Contact")).isEqualTo("<sip:alice@pinhole.test;gr=urn:uuid:f8>");
        assertThat(invite.headers().entries("Route")).isEqualTo(registration.serviceRoute());
    }

    @Test
    @Tag("D-9")
    void theNextRefreshUsesTheNonceThatWasGivenForIt() {
        register();
        answer(401, "keep", "WWW-Authenticate: Digest realm=\"r\",nonce=\"n\",algorithm=SHA-256,qop=\"auth\"");
        answer(200, "keep=45", "Expires: 600", "Authentication-Info: nextnonce=\"n2\"");

        loop.pass(Duration.ofMinutes(5));

        assertThat(last().headers().require("Authorization")).contains("nonce=\"n2\"", "nc=00000001");
    }

    @Test
    void aProxyOnTheWayIsAnsweredBesideTheRegistrar() {
        register();
        answer(407, "keep", "Proxy-Authenticate: Digest realm=\"p\",nonce=\"np\",algorithm=SHA-256,qop=\"auth\"");
        answer(401, "keep", "WWW-Authenticate: Digest realm=\"r\",nonce=\"n\",algorithm=MD5,qop=\"auth\"");

        assertThat(last().headers().require("Proxy-Authorization")).contains("realm=\"p\"", "nc=00000002");
        assertThat(last().headers().require("Authorization")).contains("realm=\"r\"", "nc=00000001");
        assertThat(sent).extracting(request -> request.cseq().number()).containsExactly(1L, 2L, 3L);
    }

    @Test
    @Tag("U-7")
    void aRegistrarThatGrantsASecondIsNotAskedForEver() {
        register();
        answer(200, "keep=45", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=1");
        int before = sent.size();

        for (int second = 0; second < 60; second++) {
            loop.pass(Duration.ofSeconds(1));
            if (sent.size() > before) {
                before = sent.size();
                answer(200, "keep=45", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=1");
            }
        }

        assertThat(sent).hasSizeBetween(2, 13);
    }

    @Test
    void aRegistrarThatWantsMoreEachTimeIsAskedThriceInAll() {
        registration.register(Duration.ofSeconds(60), result);

        for (int i = 1; i <= 10 && !result.isDone(); i++) {
            answer(423, "keep", "Min-Expires: " + 100 * i);
        }

        assertThat(sent).hasSize(3);
        assertThatThrownBy(result::join).hasMessageContaining("423");
    }

    @Test
    @Tag("U-6")
    void a200WithoutOurBindingIsNoRegistration() {
        register();

        answer(200, "keep=45", "Contact: <sip:bob@192.0.2.9>;expires=3600");

        assertThatThrownBy(result::join)
                .hasMessageContaining("REGISTER: SIP/2.0 200 Answer has no binding of ours among its Contacts");
        loop.pass(Duration.ofHours(1));
        assertThat(pings).isZero();
    }

    @Test
    @Tag("U-6")
    void a200ThatGrantsNoTimeIsNoRegistration() {
        register();

        answer(200, "keep=45", "Contact: <sip:alice@192.0.2.7:4000;transport=tls>;expires=0");

        assertThatThrownBy(result::join).hasMessageContaining("grants our binding no time");
    }
}

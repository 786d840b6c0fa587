package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.FakeFlows;
import org.pinhole.app.HandClock;
import org.pinhole.app.chain.RequestChain;

@Tag("P-4")
class EmergencyStepTest {
    private final HandClock clock = new HandClock();
    private final Pcscf pcscf = new Pcscf(new FakeFlows(), () -> "icid", clock);
    private final FakeFlow flow = new FakeFlow("f", settings());

    @Test
    void whoOnlyAsksForHelpIsNoLessAStrangerForThat() {
        handled("INVITE");

        assertThat(flow.identity()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "INVITE, 183, an emergency caller on f",
        "INVITE, 200, an emergency caller on f",
        "INVITE, 486,",
        "OPTIONS, 200,"
    })
    void whatFollowsWithinTheCallIsLetInOnceSomebodyHelps(String method, int status, String identity) {
        answer(handled(method), status);

        assertThat(flow.identity()).isEqualTo(identity);
    }

    @Test
    void hisFlowStandsWhileTheCallDoesAndIsClosedAfterIt() {
        FakeExchange invite = handled("INVITE");
        answer(invite, 180);
        pass(300);
        answer(invite, 200);
        pass(300);
        assertThat(flow.open()).isTrue();

        pcscf.hungUp(flow, "call", "theirs", "his"); // by either side
        pass(30);
        assertThat(flow.open()).isTrue();
        pass(4);

        assertThat(flow.open()).isFalse();
    }

    @Test
    void soItIsAfterACallThatHasOnlyRung() {
        FakeExchange invite = handled("INVITE");
        answer(invite, 180);
        answer(invite, 486);

        pass(34);

        assertThat(flow.open()).isFalse();
    }

    @Test
    void theEndOfAnotherCallOfHisEndsNothing() {
        answer(handled("INVITE"), 200);

        pcscf.hungUp(flow, "call", "his", "anothers");
        pass(300);

        assertThat(flow.open()).isTrue();
    }

    @Test
    void whoRegistersAfterwardsIsWhoIsOnTheFlowAndItStands() {
        answer(handled("INVITE"), 200);
        FakeExchange register = new FakeExchange("REGISTER", "sip:home1.example", flow)
                .with("To", "<sip:alice@home1.example>")
                .with("Contact", "<sip:alice@10.1.2.3>")
                .with(
                        "Authorization",
                        "Digest username=\"alice\",realm=\"r\",nonce=\"n\",uri=\"sip:r\",response=\"a\"");
        chain().handle(register);
        register.passing(new MessageText("> core\nSIP/2.0 200 OK\nContact: <sip:alice@10.1.2.3>;expires=3600\n"));

        pcscf.hungUp(flow, "call", "his", "theirs");
        pass(300);

        assertThat(flow.identity()).isEqualTo("sip:alice@home1.example");
        assertThat(flow.open()).isTrue();
    }

    private FakeExchange handled(String method) {
        FakeExchange request = new FakeExchange(method, "urn:service:sos", flow)
                .with("Call-ID", "call")
                .with("From", "<sip:anonymous@anonymous.invalid>;tag=his");
        chain().handle(request);
        return request;
    }

    private RequestChain chain() {
        return RequestChain.of(pcscf.steps(PcscfSettings.of(settings())));
    }

    private static void answer(FakeExchange request, int status) {
        request.passing(new MessageText("> core\nSIP/2.0 " + status + " Words\nTo: <urn:service:sos>;tag=theirs\n"));
    }

    private void pass(int seconds) {
        for (int second = 0; second < seconds; second += 2) {
            clock.advanceSeconds(2);
            pcscf.sweep();
        }
    }

    private static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put("pinhole.role", "p-cscf");
        settings.put("pinhole.p-cscf.visited-network", "visited.example");
        settings.put("pinhole.next-hop", "sip:192.0.2.20:5060;transport=udp");
        settings.put("pinhole.p-cscf.emergency", "sip:192.0.2.30:5060;transport=udp");
        return settings;
    }
}

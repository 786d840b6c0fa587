package org.pinhole.app.pcscf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.app.FakeExchange;
import org.pinhole.app.FakeFlow;
import org.pinhole.app.HandClock;

@Tag("P-4")
class EmergencyStepTest {
    private final FakeFlow flow = new FakeFlow("f");
    private final EmergencyStep step =
            new EmergencyStep("sip:192.0.2.30", "visited.example", new Associations(new HandClock()));

    @Test
    void whoOnlyAsksForHelpIsNoLessAStrangerForThat() {
        step.handle(request("INVITE"));

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
        FakeExchange request = request(method);
        step.handle(request);

        request.passing(new MessageText("> core\nSIP/2.0 " + status + " Words\n"));

        assertThat(flow.identity()).isEqualTo(identity);
    }

    private FakeExchange request(String method) {
        return new FakeExchange(method, "urn:service:sos", flow);
    }
}

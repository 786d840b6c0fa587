package org.pinhole.ue.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ReportTest {
    private final StringWriter out = new StringWriter();

    @Test
    void whatWouldEndAJsonStringIsEscaped() {
        assertThat(Report.quoted("a \"b\" \\ c\r\n\u0001 é"))
                .isEqualTo("\"a \\\"b\\\" \\\\ c\\u000d\\u000a\\u0001 é\"");
    }

    @Test
    void aFlowIsAPrefixForPeopleAndAFieldForMachines() {
        new Report(new PrintWriter(out), false).say(2, "ping", "pong");
        new Report(new PrintWriter(out), true).say(2, "ping", "pong");

        assertThat(out.toString().lines())
                .containsExactly("flow 2 ping: pong", "{\"flow\":2,\"step\":\"ping\",\"seen\":\"pong\"}");
    }

    @Test
    void whatOthersWroteNeitherDrivesTheTerminalNorLooksLikeALineOfOurs() {
        new Report(new PrintWriter(out), false)
                .say("message", "received: \u001b]0;x\u0007 \u009b2J \u202egnp\nREGISTER: SIP/2.0 200 OK\r\n");

        assertThat(out.toString())
                .isEqualTo("message: received: \\u001b]0;x\\u0007 \\u009b2J \\u202egnp\\nREGISTER: SIP/2.0 200 OK\\r\\n"
                        + System.lineSeparator());
    }

    @Test
    void whatNobodyReadsToItsEndIsCut() {
        new Report(new PrintWriter(out), false).say("message", "x".repeat(100_000));

        assertThat(out.toString()).hasSizeLessThan(2100).contains("xxx…");
    }
}

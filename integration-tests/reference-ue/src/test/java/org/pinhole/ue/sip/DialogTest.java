package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

class DialogTest {
    private static final String LOOSE_A = "<sip:a.test;transport=tls;lr;app_id=8f%3B.~>;x=\"1,2\"";
    private static final String LOOSE_B = "<sip:b.test;lr>";

    private final LocalEnd local;

    DialogTest() throws IOException {
        TunnelRoute route = TunnelRoute.to(new HostPort("edge.test", 443), Trust.system());
        UeSettings settings = UeSettings.of(route, "pinhole.test", "bob", "builder");
        local = new LocalEnd(settings, new HostPort("192.0.2.7", 4000), new Ids(new Random(1)));
    }

    private static SipMessage message(String... lines) {
        String text = String.join("\r\n", lines) + "\r\n\r\n";
        return SipParser.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    private static SipRequest invite(String... recordRoutes) {
        SipRequest plain = (SipRequest) message(
                "INVITE sip:alice@pinhole.test SIP/2.0",
                "Via: SIP/2.0/TLS x;branch=z9hG4bK1",
                "From: <sip:bob@pinhole.test>;tag=b",
                "To: <sip:alice@pinhole.test>",
                "Call-ID: 1",
                "CSeq: 7 INVITE",
                "Proxy-Authorization: Digest x",
                "Contact: <sip:bob@192.0.2.7:4000;transport=tls;token=A%2fB>");
        SipHeaders headers = plain.headers();
        for (String recordRoute : recordRoutes) {
            headers = headers.plus("Record-Route", recordRoute);
        }
        return plain.with(headers);
    }

    private static SipResponse ok(String recordRoute) {
        return (SipResponse) message(
                "SIP/2.0 200 OK",
                "Record-Route: " + recordRoute,
                "From: <sip:bob@pinhole.test>;tag=b",
                "To: <sip:alice@pinhole.test>;tag=a",
                "Call-ID: 1",
                "CSeq: 7 INVITE",
                "Contact: <sip:alice@192.0.2.8:5;transport=tls>");
    }

    @Test
    void theCallersRoutesAreTheResponsesTurnedRoundAndVerbatim() {
        Dialog dialog = Dialog.ofCaller(local, invite(), ok(LOOSE_B + ", " + LOOSE_A));

        SipRequest bye = dialog.request("BYE");

        assertThat(bye.uri()).isEqualTo("sip:alice@192.0.2.8:5;transport=tls");
        assertThat(bye.headers().all("Route")).containsExactly(LOOSE_A, LOOSE_B);
        assertThat(bye.cseq()).isEqualTo(new CSeq(8, "BYE"));
    }

    @Test
    void theCalleesRoutesAreTheRequestsAsTheyStand() {
        Dialog dialog = Dialog.ofCallee(local, invite(LOOSE_B, LOOSE_A), "a");

        SipRequest bye = dialog.request("BYE");

        assertThat(bye.uri()).isEqualTo("sip:bob@192.0.2.7:4000;transport=tls;token=A%2fB");
        assertThat(bye.headers().all("Route")).containsExactly(LOOSE_B, LOOSE_A);
        assertThat(bye.headers().require("From")).isEqualTo("<sip:alice@pinhole.test>;tag=a");
        assertThat(bye.headers().require("To")).isEqualTo("<sip:bob@pinhole.test>;tag=b");
    }

    @Test
    void aStrictRouterGetsTheRequestUriAndTheTargetGoesLast() {
        Dialog dialog = Dialog.ofCaller(local, invite(), ok("<sip:strict.test;foo>"));

        SipRequest bye = dialog.request("BYE");

        assertThat(bye.uri()).isEqualTo("sip:strict.test;foo");
        assertThat(bye.headers().all("Route")).containsExactly("<sip:alice@192.0.2.8:5;transport=tls>");
    }

    @Test
    void theAckHasTheInvitesNumberAndCredentials() {
        SipRequest ack = Dialog.ofCaller(local, invite(), ok(LOOSE_A)).ack(invite());

        assertThat(ack.cseq()).isEqualTo(new CSeq(7, "ACK"));
        assertThat(ack.headers().all("Proxy-Authorization")).containsExactly("Digest x");
        assertThat(ack.topVia().branch()).isNotEqualTo(invite().topVia().branch());
    }

    @Test
    void aNewContactMovesTheTarget() {
        Dialog dialog = Dialog.ofCaller(local, invite(), ok(LOOSE_A));

        dialog.refreshTarget(message("SIP/2.0 200 OK", "Contact: <sip:alice@192.0.2.9:6>"));

        assertThat(dialog.request("BYE").uri()).isEqualTo("sip:alice@192.0.2.9:6");
    }
}

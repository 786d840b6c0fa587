package org.pinhole.ue.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;

/** What goes out when a UE was told to do it wrong. */
class MisbehavingLinkTest {
    private final HandLoop loop = new HandLoop();
    private final List<SipMessage> sent = new ArrayList<>();
    private final List<String> octets = new ArrayList<>();
    private final SipLink wire = new SipLink() {
        @Override
        public void send(SipMessage message) {
            sent.add(message);
        }

        @Override
        public void ping() {
            octets.add("CRLFCRLF");
        }

        @Override
        public void lineBreak() {
            octets.add("CRLF at " + loop.now().toEpochMilli());
        }
    };

    private MisbehavingLink doing(Misbehaviour how) {
        return new MisbehavingLink(wire, loop, new Ids(new Random(1)), Set.of(how));
    }

    private static SipRequest request(String method, String... more) {
        SipHeaders headers = SipHeaders.NONE
                .plus("Via", "SIP/2.0/TLS 192.0.2.7:4000;branch=z9hG4bKours;rport;keep")
                .plus("Via", "SIP/2.0/TLS 192.0.2.8;branch=z9hG4bKtheirs;keep=30")
                .plus("Call-ID", "the-call");
        for (String header : more) {
            headers = headers.plus(header, "Digest username=\"alice\"");
        }
        return new SipRequest(method, "sip:pinhole.test", headers, new byte[0]);
    }

    private static SipResponse response(int status) {
        return new SipResponse(status, "Whatever", request("REGISTER").headers(), new byte[0]);
    }

    @Test
    void aSplitPingIsTwoHalvesWithTimeBetweenThem() {
        doing(Misbehaviour.SPLIT_PINGS).ping();
        assertThat(octets).containsExactly("CRLF at 0");

        loop.pass(Duration.ofSeconds(1));

        assertThat(octets).containsExactly("CRLF at 0", "CRLF at 500");
    }

    @Test
    void whoPlantsKeepPutsAValueIntoEveryVia() {
        doing(Misbehaviour.PLANTED_KEEP).send(request("REGISTER"));

        assertThat(sent.get(0).headers().all("Via"))
                .containsExactly(
                        "SIP/2.0/TLS 192.0.2.7:4000;branch=z9hG4bKours;rport;keep=1",
                        "SIP/2.0/TLS 192.0.2.8;branch=z9hG4bKtheirs;keep=1");
    }

    @Test
    void whoReplaysSendsTheSameCredentialsInAnotherRequestWhenTheFirstIsAnswered() {
        MisbehavingLink link = doing(Misbehaviour.REPLAYS);
        link.send(request("REGISTER"));
        link.send(request("ACK", "Proxy-Authorization"));
        assertThat(sent).hasSize(2);

        link.send(request("REGISTER", "Authorization"));
        link.received(response(100));
        assertThat(sent).as("not answered").hasSize(3);
        link.received(response(200));
        link.received(response(200));

        assertThat(sent).as("once").hasSize(4);
        assertThat(sent.get(3).headers().all("Authorization"))
                .isEqualTo(sent.get(2).headers().all("Authorization"));
        assertThat(sent.get(3).topVia().branch()).isNotEqualTo("z9hG4bKours");
        assertThat(sent.get(3).callId()).isNotEqualTo("the-call");
    }

    @Test
    void everyMisbehaviourIsNamedAsItIsWritten() {
        for (Misbehaviour one : Misbehaviour.values()) {
            assertThat(Misbehaviour.parse(one.toString())).isEqualTo(one);
        }
        assertThat(Misbehaviour.SPLIT_PINGS).hasToString("split-pings");
    }
}

package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.doubles.ToldCall;
import org.pinhole.ue.sip.OutgoingCall;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

/** The example of ue.md does what it says. */
class TalkingPhoneTest {
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void twoPhonesOfTheExampleTalkAndWrite() throws Exception {
        ToldCall toldAlice = new ToldCall();
        ToldCall toldBob = new ToldCall();
        try (EdgeDouble edge = new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"));
                TalkingPhone alice = phone(edge, "alice", "wonder", toldAlice);
                TalkingPhone bob = phone(edge, "bob", "builder", toldBob)) {
            OutgoingCall call = alice.call("sip:bob@pinhole.test");

            assertThat(List.of(toldAlice.next(), toldAlice.next()))
                    .containsExactlyInAnyOrder("connected audio udp", "connected message tcp");
            assertThat(List.of(toldBob.next(), toldBob.next()))
                    .containsExactlyInAnyOrder("connected audio udp", "connected message tcp");
            String id = alice.media().send("Hello, Bob");
            assertThat(toldBob.next()).isEqualTo("message Hello, Bob");
            assertThat(toldAlice.next()).isEqualTo("delivered " + id + " 200");
            assertThat(bob.media().figures()).containsKey("audio");
            assertThat(call.hangUp(SOON).status()).isEqualTo(200);
        }
    }

    private TalkingPhone phone(EdgeDouble edge, String user, String password, CallListener listener)
            throws IOException {
        TunnelRoute route = TunnelRoute.to(
                        new HostPort("127.0.0.1", edge.address().getPort()),
                        Trust.ofPem(CERTIFICATES.writeCa(folder.resolve(user + ".ca.pem"))))
                .named("edge.pinhole.test");
        return new TalkingPhone(
                route,
                "pinhole.test",
                user,
                password,
                List.of(InetAddress.getLoopbackAddress()),
                folder.resolve(user + ".instance"),
                listener);
    }
}

package org.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.call.CallListener;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.ice.CandidatePair;
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

    /** What a phone was told, in order. */
    private static final class Told implements CallListener {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void connected(String stream, CandidatePair pair) {
            lines.add("connected " + stream);
        }

        @Override
        public void failed(String stream, String reason) {
            lines.add("failed " + stream + ": " + reason);
        }

        @Override
        public void message(String text) {
            lines.add("message " + text);
        }

        @Override
        public void delivered(String messageId, int status) {
            lines.add("delivered " + status);
        }

        String next() throws InterruptedException {
            return String.valueOf(lines.poll(SOON.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void twoPhonesOfTheExampleTalkAndWrite() throws Exception {
        Told toldAlice = new Told();
        Told toldBob = new Told();
        try (EdgeDouble edge = new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"));
                TalkingPhone alice = phone(edge, "alice", "wonder", toldAlice);
                TalkingPhone bob = phone(edge, "bob", "builder", toldBob)) {
            OutgoingCall call = alice.call("sip:bob@pinhole.test");

            assertThat(List.of(toldAlice.next(), toldAlice.next()))
                    .containsExactlyInAnyOrder("connected audio", "connected message");
            assertThat(List.of(toldBob.next(), toldBob.next()))
                    .containsExactlyInAnyOrder("connected audio", "connected message");
            alice.media().send("Hello, Bob");
            assertThat(toldBob.next()).isEqualTo("message Hello, Bob");
            assertThat(toldAlice.next()).isEqualTo("delivered 200");
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

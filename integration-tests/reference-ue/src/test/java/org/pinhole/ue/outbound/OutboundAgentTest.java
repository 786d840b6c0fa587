package org.pinhole.ue.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.ue.doubles.Deaf;
import org.pinhole.ue.doubles.EdgeDouble;
import org.pinhole.ue.doubles.TestCertificates;
import org.pinhole.ue.sip.UeSettings;
import org.pinhole.ue.sip.WireListener;
import org.pinhole.ue.tunnel.HostPort;
import org.pinhole.ue.tunnel.Trust;
import org.pinhole.ue.tunnel.TunnelRoute;

@Tag("U-5")
class OutboundAgentTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final TestCertificates CERTIFICATES = TestCertificates.make("The double's CA", "edge.pinhole.test");

    /** Keeps what it is told, without the ports of the day. */
    private static final class Told implements FlowListener<RegisteredFlow> {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        @Override
        public void formed(int regId, TunnelRoute route, RegisteredFlow flow) {
            lines.add("formed " + regId + " at " + route.server().port());
        }

        @Override
        public void lost(int regId, TunnelRoute route, String reason) {
            lines.add("lost " + regId + " at " + route.server().port());
        }

        @Override
        public void refused(int regId, TunnelRoute route, String reason) {
            lines.add("refused " + regId + " at " + route.server().port());
        }

        @Override
        public void waiting(int regId, Duration time) {
            lines.add("waiting " + regId);
        }

        List<String> next(int count) throws InterruptedException {
            List<String> next = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                next.add(String.valueOf(lines.poll(SOON.toSeconds(), TimeUnit.SECONDS)));
            }
            return next;
        }
    }

    @TempDir
    private Path folder = Path.of("");

    private final Told told = new Told();

    private OutboundAgent start(int count, EdgeDouble... edges) throws IOException {
        return start(
                count, Stream.of(edges).map(edge -> edge.address().getPort()).toList());
    }

    private OutboundAgent start(int count, List<Integer> ports) throws IOException {
        Trust trust = Trust.ofPem(CERTIFICATES.writeCa(folder.resolve("ca.pem")));
        List<TunnelRoute> routes = new ArrayList<>();
        for (int port : ports) {
            HostPort address = new HostPort("127.0.0.1", port);
            routes.add(TunnelRoute.to(address, trust).named("edge.pinhole.test"));
        }
        UeSettings settings = UeSettings.of(routes.get(0), "pinhole.test", "alice", "wonder");
        return OutboundAgent.start(settings, routes, count, told, WireListener.NONE);
    }

    private static EdgeDouble edge() throws IOException {
        return new EdgeDouble(CERTIFICATES, Map.of("alice", "wonder", "bob", "builder"));
    }

    @Test
    @Tag("O-15")
    void twoEdgesHoldOneFlowEachWithItsOwnRegId() throws Exception {
        try (EdgeDouble one = edge();
                EdgeDouble two = edge();
                OutboundAgent alice = start(2, one, two)) {
            assertThat(told.next(2))
                    .containsExactlyInAnyOrder(
                            "formed 1 at " + one.address().getPort(),
                            "formed 2 at " + two.address().getPort());

            assertThat(alice.flows())
                    .extracting(
                            flow -> contact(flow).replaceFirst(".*;reg-id=", "").replaceFirst(";.*", ""))
                    .containsExactly("1", "2");
            assertThat(alice.flows())
                    .extracting(flow -> contact(flow).replaceFirst(".*sip.instance=\"([^\"]*)\".*", "$1"))
                    .as("one instance-id")
                    .containsExactly(instance(alice, 0), instance(alice, 0));
        }
    }

    private static String contact(RegisteredFlow flow) {
        return flow.registered().exchange().response().headers().require("Contact");
    }

    private static String instance(OutboundAgent agent, int flow) throws IOException {
        return contact(agent.flows().get(flow)).replaceFirst(".*sip.instance=\"([^\"]*)\".*", "$1");
    }

    @Test
    void aPathThatDiesEndsInARegistrationOnTheOtherEdge() throws Exception {
        EdgeDouble one = edge();
        try (EdgeDouble two = edge();
                OutboundAgent alice = start(1, one, two)) {
            assertThat(told.next(1))
                    .containsExactly("formed 1 at " + one.address().getPort());

            one.close();

            assertThat(told.next(2))
                    .containsExactly(
                            "lost 1 at " + one.address().getPort(),
                            "formed 1 at " + two.address().getPort());
            assertThat(alice.flows()).hasSize(1);
        }
    }

    @Test
    void anEdgeThatIsNotThereIsLeftAloneForAWhileAndTheOtherServes() throws Exception {
        try (Deaf gone = new Deaf();
                EdgeDouble two = edge();
                OutboundAgent alice =
                        start(2, List.of(gone.port(), two.address().getPort()))) {
            assertThat(told.next(3))
                    .containsExactlyInAnyOrder(
                            "refused 1 at " + gone.port(),
                            "waiting 1",
                            "formed 2 at " + two.address().getPort());
            assertThat(alice.flows()).hasSize(1);
        }
    }
}

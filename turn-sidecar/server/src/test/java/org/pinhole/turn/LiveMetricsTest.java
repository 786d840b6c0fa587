package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pinhole.turn.Operator.assertIsSuccess;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;

/** What Prometheus sees while calls last. */
class LiveMetricsTest {
    private static final RequestedTransport UDP = new RequestedTransport(RequestedTransport.UDP);

    @RegisterExtension
    final Operator operator = new Operator();

    @Test
    void prometheusSeesAllocationsAndTrafficWhileTheyLast() throws Exception {
        LiveServer server = operator.server();
        TestClient client = operator.tcp(server);
        InetSocketAddress relay = client.ask("alice", "wonderland", StunMethod.ALLOCATE, UDP)
                .require(XorRelayedAddress.TYPE)
                .address();
        exchange(client, relay);

        String live = operator.get(server, "/metrics", "open-sesame").body();

        assertThat(live)
                .contains("pinhole_turn_allocations 1.0\n", "pinhole_turn_users 1.0\n")
                .contains("pinhole_turn_allocations_opened_total{transport=\"tcp\"} 1.0\n")
                .contains("pinhole_turn_requests_total{answer=\"success\",method=\"allocate\"} 1.0\n")
                .contains("pinhole_turn_requests_total{answer=\"401\",method=\"refresh\"} 1.0\n")
                .contains("pinhole_turn_client_connections 1.0\n")
                .contains("# TYPE pinhole_turn_tls_handshake_seconds histogram\n")
                .contains("pinhole_turn_relayed_packets_total{direction=\"to_peer\"} 1.0\n")
                .contains("pinhole_turn_relayed_bytes_total{direction=\"to_peer\"} 160.0\n")
                .contains("pinhole_turn_relayed_bytes_total{direction=\"to_client\"} 100.0\n")
                .doesNotContain("alice", "127.0.0.1"); // labels are bounded: nothing that a client can choose
        client.ask("alice", "wonderland", StunMethod.REFRESH, new Lifetime(0));
        assertThat(operator.get(server, "/metrics", "open-sesame").body())
                .contains("pinhole_turn_allocations 0.0\n")
                .contains("pinhole_turn_allocations_ended_total{reason=\"released\"} 1.0\n")
                .contains("pinhole_turn_allocation_seconds_count 1\n");
    }

    /** A datagram there and one back, on a channel. */
    private static void exchange(TestClient client, InetSocketAddress relay) throws IOException {
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(10_000);
            XorPeerAddress address = new XorPeerAddress((InetSocketAddress) peer.getLocalSocketAddress());
            assertIsSuccess(
                    client.ask("alice", "wonderland", StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000), address));
            client.sendOn(0x4000, new byte[160]);
            peer.receive(new DatagramPacket(new byte[200], 200));
            peer.send(new DatagramPacket(new byte[100], 100, relay));
            assertThat(client.receiveOn(0x4000)).hasSize(100);
        }
    }
}

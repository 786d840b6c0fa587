package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.allocation.TransportProtocol;

/** coturn #1641: each Allocate from an invented source cost 18 KB for a minute. Loopback has sources enough to invent. */
@EnabledOnOs(OS.LINUX)
@Tag("T-18")
class SpoofedFloodTest {
    private static final int SOURCES = 20_000;
    private static final long SLACK_BYTES = 4 << 20; // coturn's would be 360 MB
    private static final long SLACK_DIRECT_BYTES = 8 << 20;
    private static final long SLACK_FILES = 4;

    @TempDir
    Path folder;

    @Test
    void allocatesFromTwentyThousandSourcesTakeNoMemory() throws Exception {
        try (LiveProcess server = LiveProcess.start(
                folder,
                List.of(),
                List.of("--udp-listen=127.0.0.1:0", "--tcp-listen=127.0.0.1:0", "--event-loops=1"))) {
            InetSocketAddress address = server.address(TransportProtocol.UDP);
            flood(address, 500);
            LiveProcess.Holdings before = server.holdings();

            flood(address, SOURCES);

            try (TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP))) {
                assertThat(client.binding()).as("it is there").isNotNull();
            }
            LiveProcess.Holdings after = server.holdings();
            assertThat(server.requests("allocate")).as("answered or not").isEqualTo(2 * (500 + SOURCES) + 2L);
            assertThat(server.metric("pinhole_turn_requests_total{answer=\"401\",method=\"allocate\"}"))
                    .isPositive();
            assertThat(server.metric("pinhole_turn_requests_total{answer=\"438\",method=\"allocate\"}"))
                    .isPositive();
            assertThat(server.metric("pinhole_turn_allocations")).isZero();
            assertThat(server.metric("pinhole_turn_users")).isZero();
            assertThat(after.heapBytes() - before.heapBytes()).as("heap").isLessThan(SLACK_BYTES);
            assertThat(after.directBytes() - before.directBytes())
                    .as("buffers beside the heap")
                    .isLessThan(SLACK_DIRECT_BYTES);
            assertThat(after.openFiles() - before.openFiles()).as("open files").isLessThanOrEqualTo(SLACK_FILES);
        }
    }

    /**
     * Each source asks without credentials and with those of a user and somebody else's nonce; none hears the answers. A user
     * among them is answered now and then on the same socket, so the server has read what came before and none is lost.
     */
    private static void flood(InetSocketAddress server, int sources) throws IOException {
        try (TestClient knowing = TestClient.udp(server)) {
            RequestedTransport udp = new RequestedTransport(RequestedTransport.UDP);
            knowing.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, udp);
            byte[] forged = knowing.request(LiveServer.USER, LiveServer.PASSWORD, StunMethod.ALLOCATE, udp);
            byte[] plain = knowing.unsigned(StunMethod.ALLOCATE, udp);
            for (int i = 0; i < sources; i++) {
                byte[] source = {127, (byte) (1 + i % 250), (byte) (i / 250), (byte) (1 + i % 7)};
                try (DatagramSocket stranger = new DatagramSocket(0, InetAddress.getByAddress(source))) {
                    stranger.send(new DatagramPacket(plain, plain.length, server));
                    stranger.send(new DatagramPacket(forged, forged.length, server));
                }
                if (i % 32 == 0) {
                    knowing.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(600));
                }
            }
            knowing.ask(LiveServer.USER, LiveServer.PASSWORD, StunMethod.REFRESH, new Lifetime(0));
        }
    }
}

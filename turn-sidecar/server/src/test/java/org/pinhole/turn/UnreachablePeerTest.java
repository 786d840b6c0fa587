package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.RequestedAddressFamily;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** What the network answers for a peer that is not there reaches the client (RFC 8656 §11.5), and disturbs no other peer. */
@EnabledOnOs(OS.LINUX)
class UnreachablePeerTest {
    private static final int DEAD = 0x4000;
    private static final int ALIVE = 0x4001;

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 3, 3", "::1, 1, 4"})
    @Tag("T-14")
    void aPortUnreachableOfAPeerIsToldToTheClientAndOtherPeersAreServedOn(String host, int kind, int code)
            throws Exception {
        Ipv6.assumeIsHere();
        InetAddress address = InetAddress.getByName(host);
        try (LiveServer server =
                        LiveServer.start("--tcp-listen=127.0.0.1:0", "--relay-address=::1", "--allow-peer=::1");
                TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP));
                DatagramSocket alive = new DatagramSocket(new InetSocketAddress(address, 0))) {
            alive.setSoTimeout(10_000);
            InetSocketAddress dead = new InetSocketAddress(address, LowPorts.free());
            InetSocketAddress relay = allocate(client, address);
            bind(client, DEAD, dead);
            bind(client, ALIVE, (InetSocketAddress) alive.getLocalSocketAddress());

            client.sendOn(DEAD, new byte[100]);
            StunMessage told = StunMessage.decode(Unpooled.wrappedBuffer(client.receive()));

            assertThat(told.type().kind()).isEqualTo(StunClass.INDICATION);
            assertThat(told.require(XorPeerAddress.TYPE).address()).isEqualTo(dead);
            assertThat(told.require(Icmp.TYPE)).isEqualTo(new Icmp(kind, code, 0));
            alive.send(new DatagramPacket(new byte[7], 7, relay));
            assertThat(channelOf(client.receive())).isEqualTo(ALIVE);
            client.sendOn(ALIVE, new byte[9]);
            DatagramPacket received = new DatagramPacket(new byte[100], 100);
            alive.receive(received);
            assertThat(received.getLength()).isEqualTo(9);
        }
    }

    private static int channelOf(byte[] frame) {
        return ChannelData.channel(Unpooled.wrappedBuffer(Arrays.copyOf(frame, frame.length)));
    }

    private static InetSocketAddress allocate(TestClient client, InetAddress peer) throws IOException {
        return client.ask(
                        LiveServer.USER,
                        LiveServer.PASSWORD,
                        StunMethod.ALLOCATE,
                        new RequestedTransport(RequestedTransport.UDP),
                        new RequestedAddressFamily(AddressFamily.of(peer)))
                .require(XorRelayedAddress.TYPE)
                .address();
    }

    private static void bind(TestClient client, int channel, InetSocketAddress peer) throws IOException {
        StunMessage answer = client.ask(
                LiveServer.USER,
                LiveServer.PASSWORD,
                StunMethod.CHANNEL_BIND,
                new ChannelNumber(channel),
                new XorPeerAddress(peer));
        assertThat(answer.type().kind()).isEqualTo(StunClass.SUCCESS);
    }
}

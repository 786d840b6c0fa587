package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.AdditionalAddressFamily;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** Behind a 1:1 NAT, as clouds have it, a relay is bound to one address and known by another. */
@Tag("T-24")
class ExternalAddressTest {
    private static final String EXTERNAL = "203.0.113.200";

    @Test
    void clientsAreToldTheExternalAddressAndTheSocketStaysOnTheOwn() throws Exception {
        try (LiveServer server = server();
                TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP));
                DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            peer.setSoTimeout(10_000);
            List<InetSocketAddress> told = ask(
                            client,
                            StunMethod.ALLOCATE,
                            new RequestedTransport(RequestedTransport.UDP),
                            new AdditionalAddressFamily(AddressFamily.IPV6))
                    .all(XorRelayedAddress.TYPE)
                    .stream()
                    .map(XorRelayedAddress::address)
                    .toList();
            ask(client, StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000), new XorPeerAddress((InetSocketAddress)
                    peer.getLocalSocketAddress()));
            DatagramPacket received = new DatagramPacket(new byte[100], 100);

            client.sendOn(0x4000, new byte[42]);
            peer.receive(received);

            assertThat(told)
                    .extracting(address -> address.getAddress().getHostAddress())
                    .containsExactly(EXTERNAL, "0:0:0:0:0:0:0:1");
            assertThat(received.getSocketAddress())
                    .isEqualTo(new InetSocketAddress(
                            InetAddress.getLoopbackAddress(), told.get(0).getPort()));
        }
    }

    /** Or the NAT would lead back into the server, past what guards its front. */
    @Test
    void theExternalAddressWithAPortOfTheServersIsNoPeer() throws Exception {
        try (LiveServer server = server();
                TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP))) {
            ask(client, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP));

            StunMessage answer = ask(
                    client,
                    StunMethod.CHANNEL_BIND,
                    new ChannelNumber(0x4000),
                    new XorPeerAddress(new InetSocketAddress(
                            EXTERNAL, server.address(TransportProtocol.TCP).getPort())));

            assertThat(answer.require(ErrorCode.TYPE).code()).isEqualTo(403);
        }
    }

    private static LiveServer server() throws StartException {
        Ipv6.assumeIsHere();
        return LiveServer.start(
                "--tcp-listen=127.0.0.1:0",
                "--relay-address=::1",
                "--external-address=" + EXTERNAL,
                "--allow-peer=" + EXTERNAL);
    }

    private static StunMessage ask(TestClient client, StunMethod method, Attribute... attributes) throws Exception {
        return client.ask(LiveServer.USER, LiveServer.PASSWORD, method, attributes);
    }
}

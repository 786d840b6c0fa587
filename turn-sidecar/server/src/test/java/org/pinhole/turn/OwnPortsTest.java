package org.pinhole.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelNumber;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** CVE-2018-4059 from end to end: however much an operator allows, no relay leads into the server itself. */
class OwnPortsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    Path folder;

    @Test
    @Tag("T-22")
    void noAllowedRangeMakesAPeerOfTheServersOwnPorts() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "open-sesame\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        int admin = LowPorts.free();
        int keys = LowPorts.free();
        try (LiveServer server = LiveServer.start(
                "--tcp-listen=127.0.0.1:0",
                "--udp-listen=0.0.0.0:0",
                "--allow-peer=0.0.0.0/0",
                "--admin-listen=127.0.0.1:" + admin,
                "--admin-token-file=" + token,
                "--key-lookup=http://127.0.0.1:" + keys + "/pinhole/turn-key",
                "--key-lookup-token-file=" + token)) {
            InetSocketAddress tcp = server.address(TransportProtocol.TCP);
            int udp = server.address(TransportProtocol.UDP).getPort();
            List<InetSocketAddress> own = List.of(
                    tcp,
                    new InetSocketAddress(LOOPBACK, admin),
                    new InetSocketAddress(LOOPBACK, keys),
                    new InetSocketAddress(LOOPBACK, udp),
                    new InetSocketAddress("127.1.2.3", udp),
                    new InetSocketAddress("127.1.2.3", admin), // whoever listens there may listen everywhere
                    new InetSocketAddress("127.1.2.3", keys),
                    new InetSocketAddress("0.0.0.0", admin));
            try (TestClient datagrams = TestClient.tcp(tcp);
                    TestClient streams = TestClient.tcp(tcp)) {
                ask(datagrams, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.UDP));
                ask(streams, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP));

                for (InetSocketAddress peer : own) {
                    XorPeerAddress attribute = new XorPeerAddress(peer);
                    assertThat(ask(datagrams, StunMethod.CHANNEL_BIND, new ChannelNumber(0x4000), attribute))
                            .as("channel to %s", peer)
                            .isEqualTo(403);
                    assertThat(ask(streams, StunMethod.CONNECT, attribute))
                            .as("connection to %s", peer)
                            .isEqualTo(403);
                }
            }
        }
    }

    @Test
    @Tag("T-22")
    void theAdminPortThatTheKernelChoseIsNoPeerEither() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "open-sesame\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        try (LiveServer server = LiveServer.start(
                        "--tcp-listen=127.0.0.1:0", "--admin-listen=127.0.0.1:0", "--admin-token-file=" + token);
                TestClient client = TestClient.tcp(server.address(TransportProtocol.TCP))) {
            ask(client, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP));

            assertThat(ask(client, StunMethod.CONNECT, new XorPeerAddress(server.admin())))
                    .isEqualTo(403);
        }
    }

    private static int ask(TestClient client, StunMethod method, Attribute... attributes) throws Exception {
        ErrorCode error = client.ask(LiveServer.USER, LiveServer.PASSWORD, method, attributes)
                .find(ErrorCode.TYPE);
        return error == null ? 0 : error.code();
    }
}

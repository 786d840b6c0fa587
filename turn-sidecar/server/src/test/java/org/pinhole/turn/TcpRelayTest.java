package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.Lifetime;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;
import org.pinhole.stun.XorRelayedAddress;
import org.pinhole.turn.transport.Io;

/** RFC 6062 on real sockets, on loopback: who may connect by a TCP relay, and when its connections end. */
class TcpRelayTest {
    private final TcpRelayBed bed = new TcpRelayBed();

    @AfterEach
    void closed() throws Exception {
        bed.closeAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void aPeerWithAPermissionIsAnnouncedAndOneWithoutIsClosed(String kind) throws Exception {
        TurnServer server = bed.server(Io.best(2));
        TestClient control = bed.opened(bed.client(server, kind));
        InetSocketAddress relay = TcpRelayBed.ask(
                        control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP))
                .require(XorRelayedAddress.TYPE)
                .address();
        Socket stranger = bed.opened(new Socket(relay.getAddress(), relay.getPort()));
        stranger.setSoTimeout(TcpRelayBed.TIMEOUT_MILLIS);
        assertThat(stranger.getInputStream().read()).isEqualTo(-1);

        TcpRelayBed.ask(
                control,
                StunMethod.CREATE_PERMISSION,
                new XorPeerAddress(new InetSocketAddress(TcpRelayBed.LOOPBACK, 0)));
        Socket peer = bed.opened(new Socket(relay.getAddress(), relay.getPort()));
        StunMessage attempt = StunMessage.decode(Unpooled.wrappedBuffer(control.receive()));
        assertThat(attempt.type()).isEqualTo(StunMethod.CONNECTION_ATTEMPT.indication());
        assertThat(attempt.require(XorPeerAddress.TYPE).address().getPort()).isEqualTo(peer.getLocalPort());
        Socket data = bed.bound(server, kind, attempt.require(ConnectionId.TYPE));

        peer.getOutputStream().write("hello".getBytes(UTF_8));
        assertThat(Octets.read(data, 5)).isEqualTo("hello".getBytes(UTF_8));
    }

    @Test
    @Tag("T-6")
    void aPeerThatRefusesIs447AndTheRelayedAddressIsWhereConnectionsComeFrom() throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.opened(bed.client(server, "tcp"));
        InetSocketAddress relay = TcpRelayBed.ask(
                        control, StunMethod.ALLOCATE, new RequestedTransport(RequestedTransport.TCP))
                .require(XorRelayedAddress.TYPE)
                .address();
        Socket deaf = bed.opened(new Socket());
        deaf.bind(new InetSocketAddress(TcpRelayBed.LOOPBACK, 0)); // and does not listen

        StunMessage refused = TcpRelayBed.ask(
                control,
                StunMethod.CONNECT,
                new XorPeerAddress(new InetSocketAddress(TcpRelayBed.LOOPBACK, deaf.getLocalPort())));
        StunMessage accepted = TcpRelayBed.ask(control, StunMethod.CONNECT, TcpRelayBed.peerAttribute(peerListener));
        Socket peer = bed.opened(peerListener.accept());

        assertThat(refused.require(ErrorCode.TYPE).code()).isEqualTo(447);
        assertThat(accepted.find(ErrorCode.TYPE)).isNull();
        assertThat(peer.getPort()).isEqualTo(relay.getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"refresh", "control connection"})
    @Tag("T-21")
    void theEndOfTheAllocationClosesItsDataConnections(String by) throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, "tcp");
        Socket data = bed.connected(server, "tcp", control, peerListener);
        Socket peer = bed.opened(peerListener.accept());

        if (by.equals("refresh")) {
            TcpRelayBed.ask(control, StunMethod.REFRESH, new Lifetime(0));
        } else {
            control.close();
        }

        assertThat(peer.getInputStream().read()).isEqualTo(-1);
        assertThat(data.getInputStream().read()).isEqualTo(-1);
    }

    /** A failed ConnectionBind leaves a connection on which messages go on, and a second attempt may succeed. */
    @Test
    @Tag("T-21")
    void messagesGoOnBehindAConnectionBindThatFailed() throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, "tcp");
        ConnectionId id = TcpRelayBed.ask(control, StunMethod.CONNECT, TcpRelayBed.peerAttribute(peerListener))
                .require(ConnectionId.TYPE);
        bed.opened(peerListener.accept());
        TestClient data = bed.opened(bed.client(server, "tcp"));

        assertThat(TcpRelayBed.ask(data, StunMethod.CONNECTION_BIND, new ConnectionId(~id.value()))
                        .require(ErrorCode.TYPE)
                        .code())
                .isEqualTo(400);
        assertThat(data.binding().find(ErrorCode.TYPE)).isNull();
        assertThat(TcpRelayBed.ask(data, StunMethod.CONNECTION_BIND, id).find(ErrorCode.TYPE))
                .isNull();
    }
}

package org.pinhole.turn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.turn.transport.Io;

/** RFC 6062 on real sockets, on loopback: what passes through a TCP relay behind TCP and TLS clients. */
class TcpRelayStreamTest {
    private final TcpRelayBed bed = new TcpRelayBed();

    @AfterEach
    void closed() throws Exception {
        bed.closeAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll tcp", "epoll tls", "nio tcp", "nio tls"})
    @Tag("T-6")
    @Tag("T-21")
    void megabytesPassInBothDirectionsAtOnceAndUnchanged(String kind) throws Exception {
        TurnServer server = bed.server(kind.startsWith("epoll") ? Io.best(2) : Io.nio(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, kind);
        Socket data = bed.connected(server, kind, control, peerListener);
        Socket peer = bed.opened(peerListener.accept());

        CompletableFuture<byte[]> atPeer = CompletableFuture.supplyAsync(() -> Octets.read(peer, Octets.BULK_BYTES));
        CompletableFuture<byte[]> atClient = CompletableFuture.supplyAsync(() -> Octets.read(data, Octets.BULK_BYTES));
        CompletableFuture<Void> fromClient = CompletableFuture.runAsync(() -> Octets.write(data, Octets.bulk(1)));
        CompletableFuture<Void> fromPeer = CompletableFuture.runAsync(() -> Octets.write(peer, Octets.bulk(2)));

        assertThat(atPeer.join()).isEqualTo(Octets.bulk(1));
        assertThat(atClient.join()).isEqualTo(Octets.bulk(2));
        fromClient.join();
        fromPeer.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void whatAPeerSaysBeforeTheConnectionBindIsNotLost(String kind) throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, kind);
        StunMessage connect = TcpRelayBed.ask(control, StunMethod.CONNECT, TcpRelayBed.peerAttribute(peerListener));
        Socket peer = bed.opened(peerListener.accept());
        peer.getOutputStream().write("220 early bird".getBytes(UTF_8));
        peer.shutdownOutput();

        Socket data = bed.bound(server, kind, connect.require(ConnectionId.TYPE));

        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("220 early bird");
    }

    /** A peer that does not stop talking is slowed by its own window, before the ConnectionBind and behind it. */
    @Test
    @Tag("T-21")
    void aFloodOfEarlyDataIsHeldBackAndNothingOfItLost() throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocketChannel peerListener = bed.opened(ServerSocketChannel.open());
        peerListener.bind(new InetSocketAddress(TcpRelayBed.LOOPBACK, 0));
        TestClient control = bed.allocated(server, "tcp");
        StunMessage connect =
                TcpRelayBed.ask(control, StunMethod.CONNECT, TcpRelayBed.peerAttribute(peerListener.socket()));
        SocketChannel peer = bed.opened(peerListener.accept());
        ByteBuffer talk = ByteBuffer.wrap(Octets.bulk(3));

        Octets.untilHeldBack(peer, talk);
        assertThat(talk.position()).as("taken before the ConnectionBind").isLessThan(Octets.BULK_BYTES / 2);
        Socket data = bed.bound(server, "tcp", connect.require(ConnectionId.TYPE));
        CompletableFuture<Void> fromPeer = CompletableFuture.runAsync(() -> Octets.writeRest(peer, talk));

        assertThat(Octets.read(data, Octets.BULK_BYTES)).isEqualTo(Octets.bulk(3));
        fromPeer.join();
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    @Tag("T-21")
    void theEndOfThePeersDirectionIsCarriedOverAndTheClientsGoesOn(String kind) throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, kind);
        Socket data = bed.connected(server, kind, control, peerListener);
        Socket peer = bed.opened(peerListener.accept());

        peer.getOutputStream().write("question".getBytes(UTF_8));
        peer.shutdownOutput();
        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("question");
        data.getOutputStream().write("answer".getBytes(UTF_8));
        data.close();

        assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8)).isEqualTo("answer");
    }

    @Test
    @Tag("T-21")
    void theEndOfOneDirectionIsCarriedOverAndTheOtherGoesOn() throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, "tcp");
        Socket data = bed.connected(server, "tcp", control, peerListener);
        Socket peer = bed.opened(peerListener.accept());

        data.getOutputStream().write("question".getBytes(UTF_8));
        data.shutdownOutput();
        assertThat(new String(peer.getInputStream().readAllBytes(), UTF_8)).isEqualTo("question");
        peer.getOutputStream().write("answer".getBytes(UTF_8));
        peer.close();

        assertThat(new String(data.getInputStream().readAllBytes(), UTF_8)).isEqualTo("answer");
    }

    /** TLS 1.2 ends as a whole, and the engine does the same in 1.3: who is cut off by that is told so at once. */
    @Test
    @Tag("T-21")
    void theEndOfATlsClientIsTheEndOfBothBehindAllThatItSent() throws Exception {
        TurnServer server = bed.server(Io.best(2));
        ServerSocket peerListener = bed.listener();
        TestClient control = bed.allocated(server, "tls");
        Socket data = bed.connected(server, "tls", control, peerListener);
        Socket peer = bed.opened(peerListener.accept());

        data.getOutputStream().write(Octets.bulk(4));
        data.shutdownOutput();

        assertThat(peer.getInputStream().readAllBytes()).isEqualTo(Octets.bulk(4));
        assertThat(data.getInputStream().read()).isEqualTo(-1);
        assertThatThrownBy(() -> writeForAWhile(peer)).isInstanceOf(SocketException.class);
    }

    private static void writeForAWhile(Socket socket) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TcpRelayBed.TIMEOUT_MILLIS);
        while (System.nanoTime() < deadline) {
            socket.getOutputStream().write(new byte[1024]);
        }
    }
}

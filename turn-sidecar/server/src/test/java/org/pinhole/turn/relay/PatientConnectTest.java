package org.pinhole.turn.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.MockTicker;
import io.netty.util.concurrent.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.stun.StunException;

/** Real sockets on an event loop whose time is turned by hand, and a peer that drops what it is sent. */
@Tag("T-6")
class PatientConnectTest {
    private static final int FAR_MORE_THAN_A_BACKLOG_OF_ONE = 20;

    private final MockTicker time = Ticker.newMockTicker();
    private final ManualIoEventLoop loop =
            new ManualIoEventLoop(null, Thread.currentThread(), NioIoHandler.newFactory(), time);
    private final LocalRelays relays = new LocalRelays(
            List.of(RelayAddress.of(IpLiteral.parse("127.0.0.1"))),
            new PortRange(54900, 54999),
            new Random(1),
            NioDatagramChannel::new,
            new TcpSockets(
                    NioServerSocketChannel::new,
                    NioSocketChannel::new,
                    channel -> channel.config()
                            .setOption(
                                    io.netty.channel.socket.nio.NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT),
                                    true)));
    private final List<SocketChannel> queued = new ArrayList<>();

    @AfterEach
    @SuppressWarnings("deprecation") // a graceful end waits for a time that nobody turns any more
    void close() throws IOException {
        for (SocketChannel one : queued) {
            one.close();
        }
        loop.shutdown();
        while (!loop.isTerminated()) {
            loop.runNow();
        }
    }

    /** "The timeout value MUST be at least 30 seconds" (RFC 6062 §5.2). */
    @Test
    void aPeerThatDoesNotAnswerIs447AfterThirtySecondsAndNotBefore() throws Exception {
        TcpRelay relay = relays.openTcp(loop, StandardProtocolFamily.INET, (peer, end) -> end.close());
        try (ServerSocket silent = new ServerSocket(0, 1, IpLiteral.parse("127.0.0.1"))) {
            fill(silent);
            Connecting connecting = relay.connect((InetSocketAddress) silent.getLocalSocketAddress());

            time.advance(29_999, TimeUnit.MILLISECONDS);
            loop.runNow();
            assertThat(connecting.outcome()).isNotDone();
            time.advance(1, TimeUnit.MILLISECONDS);
            loop.runNow();

            assertThat(connecting.outcome())
                    .isCompletedExceptionally()
                    .failsWithin(0, TimeUnit.SECONDS)
                    .withThrowableThat()
                    .havingCause()
                    .isInstanceOfSatisfying(
                            StunException.class, e -> assertThat(e.code()).isEqualTo(447));
        } finally {
            relay.close();
        }
    }

    /** Whom a listener has no room for, hears nothing. One alone may only not have heard yet. */
    private void fill(ServerSocket listener) throws IOException {
        int unanswered = 0;
        while (unanswered < 2) {
            assumeThat(queued.size()).as("a backlog is a bound here").isLessThan(FAR_MORE_THAN_A_BACKLOG_OF_ONE);
            SocketChannel one = SocketChannel.open();
            queued.add(one);
            one.configureBlocking(false);
            try (Selector selector = Selector.open()) {
                one.register(selector, SelectionKey.OP_CONNECT);
                boolean answered = one.connect(listener.getLocalSocketAddress()) || selector.select(300) > 0;
                unanswered = answered ? 0 : unanswered + 1;
            }
        }
    }
}

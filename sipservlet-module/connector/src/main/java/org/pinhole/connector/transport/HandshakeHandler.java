package org.pinhole.connector.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.tls.ClientHello;
import org.pinhole.connector.tls.NegotiatedTls;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;

/**
 * Watches over one TLS handshake, behind the engine: its deadline, its outcome. When it is done it says so with
 * {@link TlsEstablished} and leaves the pipeline; a handshake that fails ends with an alert and is counted once.
 */
final class HandshakeHandler extends ChannelInboundHandlerAdapter {
    /** The fatal alert handshake_failure (RFC 8446 §6), in the clear. */
    static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private final Connector connector;
    private final InetAddress source;
    private final long startedMillis;
    private final long millisLeft;
    private @Nullable ClientHello hello;
    private @Nullable Future<?> deadline;

    /**
     * For one connection.
     *
     * @param startedMillis when it began, by the clock that the engine's sessions are dated with
     * @param millisLeft to the deadline
     */
    HandshakeHandler(Connector connector, InetAddress source, long startedMillis, long millisLeft) {
        this.connector = connector;
        this.source = source;
        this.startedMillis = startedMillis;
        this.millisLeft = millisLeft;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        deadline = context.executor().schedule(() -> giveUp(context), millisLeft, TimeUnit.MILLISECONDS);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    private void giveUp(ChannelHandlerContext context) {
        if (context.pipeline().get(AlertDelivery.class) != null) {
            return; // it has failed already, and is being closed
        }
        failed(context, HandshakeFailure.TIMEOUT, "not done in time");
        linger(context);
        Farewell.alert(context.channel(), ALERT);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof ClientHello) {
            hello = (ClientHello) event;
            Arrival.of(context.channel()).advanced();
            return;
        }
        if (event instanceof SslHandshakeCompletionEvent) {
            Throwable cause = ((SslHandshakeCompletionEvent) event).cause();
            if (cause == null) {
                established(context);
            } else {
                failed(context, HandshakeFault.of(cause), wordsOf(cause));
                deliverAlert(context);
            }
            return;
        }
        super.userEventTriggered(context, event);
    }

    private static String wordsOf(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** The engine has failed, and is about to send its alert and to close. */
    private static void deliverAlert(ChannelHandlerContext context) {
        if (context.pipeline().get(SslHandler.class) != null) {
            linger(context);
        }
    }

    private static void linger(ChannelHandlerContext context) {
        if (context.pipeline().get(AlertDelivery.class) == null) {
            context.pipeline().addBefore(ConnectionPipeline.TLS, "alert", new AlertDelivery());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    private void established(ChannelHandlerContext context) {
        SslHandler engine = context.pipeline().get(SslHandler.class);
        TlsEstablished done =
                new TlsEstablished(NegotiatedTls.of(engine, startedMillis), hello == null ? null : hello.serverName());
        if (done.outlivesItsCertificates(connector.wallClock().instant())) {
            failed(context, HandshakeFailure.CERTIFICATE, "a session that has outlived the phone's certificate");
            engine.engine().getSession().invalidate();
            context.close();
            return;
        }
        connector.counters().handshakeDone(done.details().resumed());
        context.fireUserEventTriggered(done);
        context.pipeline().remove(this);
    }

    private void failed(ChannelHandlerContext context, HandshakeFailure reason, String words) {
        if (Arrival.of(context.channel()).failed(reason)) {
            connector.complaints().about(source, "TLS handshake failed: " + words);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        failed(context, HandshakeFailure.CLOSED, "the phone went away");
        super.channelInactive(context);
    }
}

package org.pinhole.connector.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.flow.ConnectionId;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one connection, on its event loop: handshake, flow, frames, end. Pings are answered here and never reach
 * the stack (requirement O-1).
 */
final class ConnectionHandler extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectionHandler.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What an operator may want to know of strangers, too, who have no lines in the log otherwise. */
    private static final Set<Closed> TOLD_OF_STRANGERS =
            EnumSet.of(Closed.NOT_READ, Closed.IDLE, Closed.NO_MESSAGE, Closed.NOT_AUTHENTICATED);

    private final Connector connector;
    private final ReadGate gate;
    private final FlowLife life;
    private @Nullable SipFlow flow;
    private boolean heard;
    private int unansweredPings;
    private @Nullable Future<?> firstMessageDeadline;
    private @Nullable Future<?> authenticationDeadline;

    ConnectionHandler(Channel channel, Connector connector, FlowLife life) {
        this.life = life;
        this.gate = new ReadGate(channel);
        this.connector = connector;
    }

    /** Where nothing is encrypted the way is free at once; a connection that a proxy announced is active already. */
    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        if (connector.settings().tls() == null && context.channel().isActive()) {
            open(context, null);
        }
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof TlsEstablished) {
            open(context, (TlsEstablished) event);
        }
        if (event == SilenceWatch.SILENT && flow != null) {
            int seconds = connector.settings().limits().deadlines().idleSeconds();
            flow.close(Closed.IDLE, "not a byte in " + seconds + " s");
        }
        if (event instanceof Ending && flow != null) {
            flow.ends(((Ending) event).reason(), ((Ending) event).words());
            flow.writeQueued();
            Farewell.briefly(context);
        }
        if (event instanceof WriteQueueWatch.NotRead && flow != null) {
            flow.ends(Closed.NOT_READ, ((WriteQueueWatch.NotRead) event).words());
            connector.counters().queueDrop();
        }
        super.userEventTriggered(context, event);
    }

    /** The way is free for SIP; {@code tls} is null where it goes in the clear. */
    private void open(ChannelHandlerContext context, @Nullable TlsEstablished tls) {
        Doorkeeper doorkeeper = connector.doorkeeper();
        if (doorkeeper.isDraining()) {
            Entrance.sendAwayNow(context.channel());
        }
        if (!Arrival.of(context.channel()).becomesFlow()) {
            return;
        }
        life.heard(connector.nanoTime()); // from here on silence counts
        SipFlow opened = new SipFlow(
                ConnectionId.random(RANDOM),
                connector.flows(),
                new WriteQueue(
                        context.channel(), connector.handOver(context.channel().eventLoop())),
                connector.settings(),
                connector.counters(),
                connector.accounts(),
                tls,
                life,
                connector.wallClock().instant());
        opened.attach(new FlowMessageChannel(
                connector.processor(),
                opened,
                connector.transit(),
                new Intake(gate, Arrival.of(context.channel()).holding()),
                doorkeeper));
        flow = opened;
        connector.flows().opened(opened);
        if (tls != null && !tls.details().clientCertificates().isEmpty()) {
            opened.certified(tls.details().clientCertificates().get(0));
            opened.tell();
        }
        int firstMessageSeconds = connector.settings().limits().deadlines().firstMessageSeconds();
        firstMessageDeadline = context.executor()
                .schedule(
                        () -> opened.close(Closed.NO_MESSAGE, "no SIP request within " + firstMessageSeconds + " s"),
                        firstMessageSeconds,
                        TimeUnit.SECONDS);
        int authenticationSeconds = connector.settings().edge().authenticationSeconds();
        authenticationDeadline = context.executor()
                .schedule(
                        () -> {
                            authenticationDeadline = null;
                            if (doorkeeper.isStranger(opened.identity())) {
                                opened.close(
                                        Closed.NOT_AUTHENTICATED,
                                        "nobody was authenticated within " + authenticationSeconds + " s");
                            }
                        },
                        authenticationSeconds,
                        TimeUnit.SECONDS);
    }

    /** Where nobody is ever authenticated, all the world may come and say a word; who is served shows when he is. */
    private boolean isWorthALine(SipFlow open) {
        return open.identity() != null
                || (!connector.doorkeeper().isStranger(null)
                        && connector
                                .complaints()
                                .tellsOfFlow(open.remoteAddress().getAddress()));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        SipFlow open = flow;
        if (open == null) {
            return;
        }
        Frame frame = (Frame) message;
        if (frame.isPing()) {
            connector.counters().pings(frame.pings());
            unansweredPings += frame.pings();
            return;
        }
        if (!heard && !StartLine.isOfResponse(frame.bytes())) { // nobody has asked it anything yet
            heard = true;
            cancel(firstMessageDeadline);
            firstMessageDeadline = null;
            Arrival.of(context.channel()).advanced();
            if (isWorthALine(open)) {
                open.tell();
            }
        }
        connector.counters().messageIn();
        open.messageChannel().receive(frame.bytes());
    }

    /** All that were read at once are answered at once: a flood of them costs one write for each read. */
    @Override
    public void channelReadComplete(ChannelHandlerContext context) throws Exception {
        answerPings(context);
        super.channelReadComplete(context);
    }

    /** Writing may tell that there is room again, and come back here: what is being answered is no longer unanswered then. */
    private void answerPings(ChannelHandlerContext context) {
        while (flow != null && unansweredPings > 0 && context.channel().isWritable()) {
            int pings = unansweredPings;
            unansweredPings = 0;
            unansweredPings += flow.pong(pings);
        }
    }

    /** A phone that does not read is not read either, so that it cannot make us queue answers without end. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
        gate.queueIsFull(!context.channel().isWritable());
        if (context.channel().isWritable()) {
            answerPings(context);
        }
        super.channelWritabilityChanged(context);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        cancel(firstMessageDeadline);
        cancel(authenticationDeadline);
        SipFlow ended = flow;
        if (ended != null) {
            String words = ended.ending().words();
            connector.counters().flowClosed(ended.ending().reason());
            connector.expiry().forget(ended);
            ended.messageChannel().ended();
            connector.flows().closed(ended, words);
            if (ended.isTold()) {
                LOG.info("flow {} closed: {}", ended.id(), words);
            } else if (TOLD_OF_STRANGERS.contains(ended.ending().reason())) {
                connector.complaints().about(ended.remoteAddress().getAddress(), "flow closed (" + words + ")");
            }
        }
        super.channelInactive(context);
    }

    /** Whether the connection is gone, as opposed to what came over it being wrong. */
    private static boolean isLoss(Throwable fault) {
        return fault instanceof IOException && !(fault instanceof SSLException);
    }

    private static void cancel(@Nullable Future<?> deadline) {
        if (deadline != null) {
            deadline.cancel(false);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable fault) {
        Throwable cause = fault instanceof DecoderException && fault.getCause() != null ? fault.getCause() : fault;
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        LOG.debug("connection from {}: {}", context.channel().remoteAddress(), reason);
        byte[] lastWords = new byte[0];
        if (cause instanceof SipFormatException) {
            InetSocketAddress source = Entrance.sourceOf(context.channel());
            SipFormatException notSip = (SipFormatException) cause;
            if (notSip.kind() != SipFormatException.Kind.PROXY_HEADER) { // else what looked like a ping was none
                answerPings(context);
            }
            connector.complaints().about(source.getAddress(), reason);
            lastWords = LastAnswer.to(notSip, source);
        }
        if (flow != null) {
            flow.ends(cause instanceof SipFormatException ? Closed.MALFORMED : Closed.BROKEN, reason);
        }
        if (isLoss(fault)) {
            Farewell.unsaid(context);
        } else {
            if (flow != null) {
                flow.writeQueued();
            }
            Farewell.say(context, lastWords);
        }
    }
}

package org.pinhole.connector.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.api.FlowToken;
import org.pinhole.api.TlsDetails;
import org.pinhole.api.Transport;
import org.pinhole.connector.flow.ConnectionId;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.flow.OpenFlow;
import org.pinhole.connector.keepalive.FlowKeep;
import org.pinhole.connector.keepalive.FlowLife;
import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection from a phone, and its one write queue: whatever any thread writes is queued whole for the connection's event
 * loop, so a pong never falls into the middle of a message.
 */
final class SipFlow implements OpenFlow {
    private static final Logger LOG = LoggerFactory.getLogger(SipFlow.class);
    private static final int MAX_PONGS_IN_ONE = 4096;
    private static final ByteBuf PONGS = Unpooled.unreleasableBuffer(pongs().asReadOnly());

    private final ConnectionId connection;
    private final FlowToken token;
    private final Channel channel;
    private final WriteQueue queue;
    private final ConnectorSettings settings;
    private final ConnectorCounters counters;
    private final Accounts accounts;
    private final @Nullable TlsEstablished tls;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final FlowKeep keep;
    private final Instant openedAt;
    private final long openedNanos;
    private final ContactBook contacts = new ContactBook();
    private final PendingInvites invites;
    private final Unanswered unanswered = new Unanswered();
    private volatile Ending ending = Ending.BY_PHONE;
    private volatile @Nullable String identity;
    private volatile @Nullable Device device;
    private @Nullable String account;
    private boolean onlyLetIn;
    private volatile boolean served;
    private volatile boolean told;
    private volatile @Nullable FlowMessageChannel messageChannel;

    SipFlow(
            ConnectionId connection,
            FlowTable table,
            WriteQueue queue,
            ConnectorSettings settings,
            ConnectorCounters counters,
            Accounts accounts,
            @Nullable TlsEstablished tls,
            FlowLife life,
            Instant openedAt) {
        this.openedAt = openedAt;
        this.openedNanos = life.lastHeard();
        this.keep = new FlowKeep(life);
        this.connection = connection;
        this.token = table.tokenOf(connection);
        this.queue = queue;
        this.channel = queue.channel();
        this.settings = settings;
        this.counters = counters;
        this.accounts = accounts;
        this.tls = tls;
        this.remote = Entrance.sourceOf(channel);
        this.local = (InetSocketAddress) channel.localAddress();
        this.invites = new PendingInvites(remote.getAddress());
    }

    private static ByteBuf pongs() {
        ByteBuf pongs = Unpooled.directBuffer(2 * MAX_PONGS_IN_ONE);
        for (int i = 0; i < MAX_PONGS_IN_ONE; i++) {
            pongs.writeByte('\r').writeByte('\n');
        }
        return pongs;
    }

    /** Gives the flow its way into the stack. Called once, on the event loop, before the flow is in the table. */
    void attach(FlowMessageChannel stackSide) {
        this.messageChannel = stackSide;
    }

    /** The flow's way into and out of the stack. */
    FlowMessageChannel messageChannel() {
        FlowMessageChannel attached = messageChannel;
        if (attached == null) {
            throw new IllegalStateException("flow " + id() + " is not attached to the stack yet");
        }
        return attached;
    }

    boolean isOf(ConnectorSettings connector) {
        return settings == connector;
    }

    /** The name of the device that registers on it; null while nobody knows, as of a stranger, who may say any. */
    @Nullable
    String device() {
        Device registering = device;
        return registering == null || messageChannel().isStranger() ? null : registering.nameFor(identity);
    }

    /** A REGISTER has named it. */
    void registers(Device registering) {
        device = registering;
    }

    /** What was negotiated on it, and when it was last heard. */
    FlowKeep keeping() {
        return keep;
    }

    ContactBook contacts() {
        return contacts;
    }

    PendingInvites invites() {
        return invites;
    }

    ConnectorCounters counters() {
        return counters;
    }

    Complaints complaints() {
        return accounts.complaints();
    }

    /** What has gone to the phone and awaits its answer. */
    Unanswered unanswered() {
        return unanswered;
    }

    /** One that is made now, for the connector's own interval; null where the connector sends none. */
    @Nullable
    OwnPingTimer ownPingTimer() {
        return settings.ownPings().areOn() ? new OwnPingTimer(this, settings.ownPings(), System::nanoTime) : null;
    }

    /** The thread that everything on this connection happens on. */
    EventLoop eventLoop() {
        return channel.eventLoop();
    }

    /** Sends the phone a line break, which it ignores (RFC 3261 §7.5), so that what is on the way sees traffic. */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write shows as exceptionCaught, and the connection ends
    void lineBreak() {
        if (channel.isWritable()) {
            channel.writeAndFlush(PONGS.retainedSlice(0, 2), channel.voidPromise());
        }
    }

    /**
     * Queues one message. Any thread.
     *
     * @throws IOException at once when the flow is dead or its phone does not read; nobody tries another way
     */
    @SuppressWarnings("FutureReturnValueIgnored") // closing fails for nobody
    void send(byte[] message) throws IOException {
        if (!channel.isActive()) {
            throw new IOException("flow " + id() + " is closed");
        }
        if (queue.isFull()) {
            ends(Closed.NOT_READ, "the phone does not read: " + queue.maxBytes() + " bytes are waiting");
            counters.queueDrop();
            channel.close(); // not behind what is waiting
            throw new IOException("flow " + id() + " takes no more: its write queue is full");
        }
        counters.messageOut(message.length);
        if (!queue.add(message)) {
            throw new IOException("flow " + id() + " is closed: its event loop has ended");
        }
    }

    /**
     * Answers so many pings at once, each by its pong. On the event loop.
     *
     * @return how many have to wait until the phone has read: who pings and never reads does not fill memory
     */
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write shows as exceptionCaught, and the connection ends
    int pong(int pings) {
        int left = pings;
        while (left > 0 && channel.isWritable()) {
            int now = Math.min(left, MAX_PONGS_IN_ONE);
            counters.pongs(now);
            channel.write(PONGS.retainedSlice(0, 2 * now), channel.voidPromise());
            left -= now;
        }
        channel.flush();
        return left;
    }

    /** What has been queued is written before anything else is. On the event loop. */
    void writeQueued() {
        queue.writeAll();
    }

    /** Why the connection ended. */
    Ending ending() {
        return ending;
    }

    /** The first reason that is given is the one that is logged and counted. */
    synchronized void ends(Closed reason, String words) {
        if (ending == Ending.BY_PHONE) {
            ending = new Ending(reason, Complaints.shortened(words));
        }
    }

    /** Closes the connection behind what is waiting to be written. */
    void close(Closed reason, String words) {
        ends(reason, words);
        queue.close();
    }

    @Override
    public @Nullable String identity() {
        return identity;
    }

    @Override
    public boolean isOfAnEdge() {
        return settings.edge().isFromEdge(remote);
    }

    @Override
    public synchronized void authenticated(String whom) {
        if (identity == null || onlyLetIn) {
            onlyLetIn = false;
            identity = whom;
            LOG.info("flow {} authenticated {} {}", new Object[] {id(), whom, remote});
            countsTo(whom);
        }
    }

    @Override
    public synchronized void letIn(String as) {
        if (identity == null) {
            onlyLetIn = true;
            identity = as;
            LOG.info("flow {} let in as {} {}", new Object[] {id(), as, remote});
            countsTo(as);
        }
    }

    /** An application has accepted what its phone asked for: where nobody is authenticated, a phone is known by that. */
    void served() {
        if (!served) {
            served = true;
            tell();
            Arrival.of(channel).known();
            settings.sockets().known(channel);
        }
    }

    /** Has its line in the log, and one at its end. Whoever only shakes hands does not fill the log. */
    void tell() {
        synchronized (this) {
            if (told) {
                return;
            }
            told = true;
        }
        LOG.info("flow {} opened {} {}", new Object[] {id(), tls == null ? "TCP" : tls.details(), remote});
    }

    boolean isTold() {
        return told || identity != null;
    }

    /** Its phone has shown this certificate: until somebody is authenticated on it, it is whose that is. */
    synchronized void certified(X509Certificate certificate) {
        if (identity == null) {
            countsTo(CertificateHolder.of(certificate));
        }
    }

    private void countsTo(String whom) {
        Arrival.of(channel).authenticated();
        settings.sockets().known(channel);
        if (account != null) {
            accounts.leave(account, this);
        }
        account = whom;
        accounts.enter(whom, this);
        channel.closeFuture().addListener(closed -> accounts.leave(whom, this));
    }

    /** Another has come in its place. Closed on its event loop, and not behind what is waiting to be written. Any thread. */
    void superseded(String words) {
        eventLoop().execute(() -> channel.pipeline().fireUserEventTriggered(new Ending(Closed.SUPERSEDED, words)));
    }

    @Override
    public void close(String reason) {
        close(Closed.BY_APPLICATION, reason);
    }

    @Override
    public String uri() {
        ConnectorAddress address = settings.address();
        return "sip:" + token.text() + "@" + address.hostPort() + ";transport=" + address.transportParameter() + ";lr";
    }

    ConnectorAddress connector() {
        return settings.address();
    }

    @Override
    public ConnectionId connection() {
        return connection;
    }

    @Override
    public String id() {
        return connection.shortName();
    }

    @Override
    public FlowToken token() {
        return token;
    }

    @Override
    public Transport transport() {
        return settings.address().transport();
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public @Nullable String serverName() {
        return tls == null ? null : tls.serverName();
    }

    @Override
    public @Nullable TlsDetails tls() {
        return tls == null ? null : tls.details();
    }

    @Override
    public Instant openedAt() {
        return openedAt;
    }

    @Override
    public Instant lastHeardAt() {
        return openedAt.plusNanos(keep.life().lastHeard() - openedNanos);
    }

    @Override
    public @Nullable Duration keep() {
        int seconds = keep.life().keepSeconds();
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    @Override
    public boolean open() {
        return channel.isActive();
    }

    @Override
    public Map<String, String> settings() {
        return settings.all();
    }

    @Override
    public String toString() {
        return "flow " + id();
    }
}

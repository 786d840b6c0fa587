package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.pinhole.stun.StunException;
import org.pinhole.stun.TransactionId;
import org.pinhole.turn.relay.Relay;

/**
 * One client's relayed transport address with its permissions and channels (RFC 8656 §3.2). Lives on its client's event
 * loop and is touched nowhere else.
 */
public final class Allocation {
    private final String id;
    private final ClientPath path;
    private final Owner owner;
    private final Relay relay;
    private final TransactionId openedBy;
    private final NanoClock clock;
    private final Quota.Share share;
    private final Traffic traffic;
    private final Permissions permissions = new Permissions();
    private final Channels channels = new Channels();
    private final long openedAt;
    private long expiry;

    Allocation(
            String id,
            ClientPath path,
            Owner owner,
            Relay relay,
            TransactionId openedBy,
            NanoClock clock,
            Quota.Share share,
            Traffic traffic) {
        this.id = id;
        this.path = path;
        this.owner = owner;
        this.relay = relay;
        this.openedBy = openedBy;
        this.clock = clock;
        this.share = share;
        this.traffic = traffic;
        this.openedAt = clock.nanoTime();
    }

    /** How long it has been there. */
    public long ageMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime() - openedAt);
    }

    /** What the log calls it; never sent to anybody. */
    public String id() {
        return id;
    }

    public FiveTuple fiveTuple() {
        return path.fiveTuple();
    }

    /** What it has relayed so far; to be read on its event loop. */
    public Traffic traffic() {
        return traffic;
    }

    public Owner owner() {
        return owner;
    }

    public InetSocketAddress relayedAddress() {
        return relay.address();
    }

    /** Whether this is the Allocate that opened it, sent again because its answer was lost (RFC 8656 §7.2). */
    public boolean openedBy(TransactionId transaction) {
        return openedBy.equals(transaction);
    }

    /** Whole seconds until it ends, rounded up: what the LIFETIME of an answer says. */
    public long remainingSeconds() {
        return Math.max(0, TimeUnit.NANOSECONDS.toSeconds(expiry - clock.nanoTime() + 999_999_999L));
    }

    /** Sets the time to expiry anew. */
    void refresh(long seconds) {
        expiry = clock.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Installs or refreshes all of these permissions, or none and a 508. */
    public void permit(Set<InetAddress> peers) {
        if (!permissions.hasRoomFor(peers)) {
            throw new StunException(508, "more than %d permissions".formatted(Permissions.MAX));
        }
        long now = clock.nanoTime();
        peers.forEach(peer -> permissions.install(peer, now));
    }

    /** Binds or refreshes a channel and its permission; a number or peer that is bound otherwise is a 400. */
    public void bindChannel(int number, InetSocketAddress peer) {
        removeExpired(clock.nanoTime());
        if (!channels.mayBind(number, peer)) {
            throw StunException.badRequest("channel 0x%04X or its peer is bound otherwise".formatted(number));
        }
        permit(Set.of(peer.getAddress()));
        channels.bind(number, peer, clock.nanoTime());
    }

    /** A Send indication's data; false when there is no permission. Takes ownership only when it answers true. */
    public boolean sendTo(InetSocketAddress peer, ByteBuf data) {
        return permissions.permits(peer.getAddress(), clock.nanoTime()) ? toPeer(peer, data) : dropped();
    }

    /** A channel's data; false when the channel is not bound. Takes ownership only when it answers true. */
    public boolean sendOn(int channel, ByteBuf data) {
        long now = clock.nanoTime();
        InetSocketAddress peer = channels.findPeer(channel, now);
        if (peer == null || !permissions.permits(peer.getAddress(), now)) {
            return dropped();
        }
        return toPeer(peer, data);
    }

    private boolean toPeer(InetSocketAddress peer, ByteBuf data) {
        int bytes = data.readableBytes();
        if (!share.admits(bytes)) {
            return dropped();
        }
        traffic.toPeer(bytes);
        relay.send(peer, data);
        return true;
    }

    private boolean dropped() {
        traffic.dropped();
        return false;
    }

    /** A peer's datagram: on the channel if there is one, else as a Data indication; dropped without permission. */
    void received(InetSocketAddress peer, ByteBuf data) {
        long now = clock.nanoTime();
        int bytes = data.readableBytes();
        if (!permissions.permits(peer.getAddress(), now) || !share.admits(bytes)) {
            traffic.dropped();
            return;
        }
        traffic.toClient(bytes);
        int channel = channels.isEmpty() ? Channels.NONE : channels.findNumber(peer, now);
        path.relay(
                channel == Channels.NONE
                        ? ClientFrames.dataIndication(path, peer, data)
                        : ClientFrames.channelData(path, channel, data));
    }

    boolean isExpired(long now) {
        return expiry - now <= 0;
    }

    void removeExpired(long now) {
        permissions.removeExpired(now);
        channels.removeExpired(now);
    }

    void close() {
        relay.close();
        share.close();
    }

    ClientPath path() {
        return path;
    }

    @Override
    public String toString() {
        return "allocation %s of %s, %s %s, relay %s"
                .formatted(id, owner, fiveTuple().transport(), fiveTuple().client(), relay.address());
    }
}

package org.pinhole.turn.allocation;

import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.AddressFamily;
import org.pinhole.stun.Icmp;
import org.pinhole.stun.RequestedTransport;
import org.pinhole.stun.StunException;
import org.pinhole.turn.relay.PeerTraffic;
import org.pinhole.turn.relay.Relay;

/** An allocation for datagrams (RFC 8656), with its channels. */
public final class UdpAllocation extends Allocation implements PeerTraffic {
    /** Of an unreachable peer a client is told that often at most; one that sends on anyway learns nothing new. */
    private static final long UNDELIVERABLE_INTERVAL_NANOS = 200_000_000L;

    private final List<Relay> relays = new ArrayList<>(1);
    private final Channels channels = new Channels();
    private long undeliverableTold;

    UdpAllocation(Opening opening) {
        super(opening);
        undeliverableTold = now() - UNDELIVERABLE_INTERVAL_NANOS;
    }

    void add(Relay relay) {
        relays.add(relay);
    }

    @Override
    public List<InetSocketAddress> relayedAddresses() {
        return relays.stream().map(Relay::address).toList();
    }

    @Override
    public int protocol() {
        return RequestedTransport.UDP;
    }

    /** Binds or refreshes a channel and its permission; a number or peer that is bound otherwise is a 400. */
    public void bindChannel(int number, InetSocketAddress peer) {
        removeExpired(now());
        if (!channels.mayBind(number, peer)) {
            throw StunException.badRequest("channel 0x%04X or its peer is bound otherwise".formatted(number));
        }
        permit(Set.of(peer.getAddress()));
        channels.bind(number, peer, now());
    }

    /** A Send indication's data; false when there is no permission. Takes ownership only when it answers true. */
    public boolean sendTo(InetSocketAddress peer, ByteBuf data, boolean dontFragment) {
        return permits(peer.getAddress(), now()) ? toPeer(peer, data, dontFragment) : dropped();
    }

    /** A channel's data; false when the channel is not bound. Takes ownership only when it answers true. */
    public boolean sendOn(int channel, ByteBuf data) {
        long now = now();
        InetSocketAddress peer = channels.findPeer(channel, now);
        if (peer == null || !permits(peer.getAddress(), now)) {
            return dropped();
        }
        return toPeer(peer, data, false);
    }

    private boolean toPeer(InetSocketAddress peer, ByteBuf data, boolean dontFragment) {
        Relay relay = relayFor(peer.getAddress());
        int bytes = data.readableBytes();
        if (relay == null || !share().admits(bytes)) {
            return dropped();
        }
        traffic().toPeer(bytes);
        relay.send(peer, data, dontFragment);
        return true;
    }

    private boolean dropped() {
        traffic().dropped();
        return false;
    }

    private @Nullable Relay relayFor(InetAddress peer) {
        int family = AddressFamily.of(peer);
        for (Relay relay : relays) {
            if (AddressFamily.of(relay.address().getAddress()) == family) {
                return relay;
            }
        }
        return null;
    }

    /** A peer's datagram: on the channel if there is one, else as a Data indication; dropped without permission. */
    @Override
    public void received(InetSocketAddress peer, ByteBuf data) {
        long now = now();
        int bytes = data.readableBytes();
        int channel = channels.isEmpty() ? Channels.NONE : channels.findNumber(peer, now);
        if (!permits(peer.getAddress(), now)
                || (channel == Channels.NONE && !ClientFrames.fitsIndication(peer, bytes))
                || !share().admits(bytes)) {
            traffic().dropped();
            return;
        }
        traffic().toClient(bytes);
        path().relay(
                        channel == Channels.NONE
                                ? ClientFrames.dataIndication(path(), peer, data)
                                : ClientFrames.channelData(path(), channel, data));
    }

    /** Told to the client if the peer is one that it may reach (RFC 8656 §11.5). */
    @Override
    public void undeliverable(InetSocketAddress peer, Icmp reason) {
        long now = now();
        if (permits(peer.getAddress(), now) && now - undeliverableTold >= UNDELIVERABLE_INTERVAL_NANOS) {
            undeliverableTold = now;
            path().relay(ClientFrames.icmpIndication(path(), peer, reason));
        }
    }

    @Override
    void removeExpired(long now) {
        super.removeExpired(now);
        channels.removeExpired(now);
    }

    @Override
    void close() {
        relays.forEach(Relay::close);
        super.close();
    }
}

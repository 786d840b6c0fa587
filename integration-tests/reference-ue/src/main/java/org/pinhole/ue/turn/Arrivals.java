package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ConnectionId;
import org.pinhole.stun.DataAttribute;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunException;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.XorPeerAddress;

/** Sorts what comes in: answers to their request, ChannelData and Data indications to the listener (RFC 8656 §11.3, §12.6). */
final class Arrivals implements TurnWire.Listener {
    private final Transactions transactions;
    private final Map<Integer, Channel> channels = new ConcurrentHashMap<>();
    private volatile Consumer<StreamAttempt> attempts = ignored -> {};
    private volatile PeerListener listener = PeerListener.NONE;

    Arrivals(Transactions transactions) {
        this.transactions = transactions;
    }

    void listener(PeerListener other) {
        listener = other;
    }

    void attempts(Consumer<StreamAttempt> other) {
        attempts = other;
    }

    void bound(Channel channel) {
        channels.put(channel.number(), channel);
    }

    /** Whatever is neither STUN nor ChannelData of a channel of ours is dropped: over UDP anybody can send it. */
    @Override
    public void frame(byte[] frame) {
        ByteBuf in = Unpooled.wrappedBuffer(frame);
        try {
            if (frame.length > 0 && ChannelData.startsWith(frame[0])) {
                channelData(in);
            } else {
                message(StunMessage.decode(in));
            }
        } catch (StunException malformed) {
            // dropped
        }
    }

    private void channelData(ByteBuf frame) {
        ByteBuf data = ChannelData.data(frame);
        Channel channel = channels.get(ChannelData.channel(frame));
        if (channel != null) {
            listener.data(channel.peer(), ByteBufUtil.getBytes(data));
        }
    }

    private void message(StunMessage message) {
        if (message.type().kind() != StunClass.INDICATION) {
            transactions.take(message);
        } else if (message.type().method().equals(StunMethod.DATA)) {
            InetSocketAddress peer = message.require(XorPeerAddress.TYPE).address();
            listener.data(
                    peer,
                    ByteBufUtil.getBytes(message.require(DataAttribute.TYPE).bytes()));
        } else if (message.type().method().equals(StunMethod.CONNECTION_ATTEMPT)) {
            ConnectionId id = message.require(ConnectionId.TYPE);
            attempts.accept(
                    new StreamAttempt(id, message.require(XorPeerAddress.TYPE).address()));
        }
    }

    @Override
    public void ended(String reason) {
        transactions.ended(reason);
    }
}

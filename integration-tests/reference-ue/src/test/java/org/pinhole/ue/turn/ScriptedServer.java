package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ChannelData;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;

/** A wire whose far end is a test: each request goes to its script, which answers at once, or not. */
final class ScriptedServer implements TurnWire {
    /** What a test does about a request. */
    interface Script {
        void request(ScriptedServer server, StunMessage request);
    }

    private final boolean reliable;
    private final Script script;
    final List<StunMessage> requests = new ArrayList<>();
    final List<byte[]> channelData = new ArrayList<>();
    private @Nullable Listener listener;

    ScriptedServer(boolean reliable, Script script) {
        this.reliable = reliable;
        this.script = script;
    }

    @Override
    public void start(Listener reader) {
        listener = reader;
    }

    @Override
    public void send(byte[] frame) {
        if (ChannelData.startsWith(frame[0])) {
            channelData.add(frame);
            return;
        }
        StunMessage message = StunMessage.decode(Unpooled.wrappedBuffer(frame));
        requests.add(message);
        script.request(this, message);
    }

    void succeed(StunMessage request, Consumer<StunEncoder> seal, Attribute... attributes) {
        answer(request, request.type().success(), seal, attributes);
    }

    void fail(StunMessage request, int code, Attribute... attributes) {
        List<Attribute> all = new ArrayList<>(List.of(attributes));
        all.add(new ErrorCode(code, ""));
        answer(request, request.type().error(), unsealed -> {}, all.toArray(Attribute[]::new));
    }

    private void answer(StunMessage request, MessageType type, Consumer<StunEncoder> seal, Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, type, request.transactionId());
        for (Attribute attribute : attributes) {
            encoder.add(attribute);
        }
        seal.accept(encoder);
        deliver(ByteBufUtil.getBytes(out));
    }

    void deliver(byte[] frame) {
        Listener reader = listener;
        if (reader != null) {
            reader.frame(frame);
        }
    }

    @Override
    public boolean reliable() {
        return reliable;
    }

    @Override
    public void close() {
        Listener reader = listener;
        if (reader != null) {
            reader.ended("closed");
        }
    }
}

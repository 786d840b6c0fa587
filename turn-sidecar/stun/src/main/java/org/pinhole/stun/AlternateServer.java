package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;

/** The server to try instead, with a 300 (RFC 8489 §14.15). */
public record AlternateServer(InetSocketAddress address) implements Attribute {
    public static final AttributeType<AlternateServer> TYPE =
            new AttributeType<>(0x8023, "ALTERNATE-SERVER", AlternateServer::decode);

    private static AlternateServer decode(ByteBuf value, TransactionId id) {
        return new AlternateServer(Addresses.read("ALTERNATE-SERVER", value));
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        Addresses.write(out, address);
    }
}

package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/** The password algorithms that a server offers, best first, and that the client echoes (RFC 8489 §14.11). */
public record PasswordAlgorithms(List<PasswordAlgorithm> offered) implements Attribute {
    public static final AttributeType<PasswordAlgorithms> TYPE =
            new AttributeType<>(0x8002, "PASSWORD-ALGORITHMS", PasswordAlgorithms::decode);

    public PasswordAlgorithms {
        offered = List.copyOf(offered);
    }

    private static PasswordAlgorithms decode(ByteBuf value, TransactionId id) {
        if (value.readableBytes() % 4 != 0) {
            throw StunException.badRequest("PASSWORD-ALGORITHMS is not a list of algorithms without parameters");
        }
        List<PasswordAlgorithm> offered = new ArrayList<>();
        for (int i = value.readerIndex(); i < value.writerIndex(); i += 4) {
            offered.add(PasswordAlgorithm.read(value, i));
        }
        return new PasswordAlgorithms(offered);
    }

    @Override
    public int type() {
        return TYPE.code();
    }

    @Override
    public void writeValue(ByteBuf out, TransactionId id) {
        offered.forEach(algorithm -> algorithm.writeValue(out, id));
    }
}

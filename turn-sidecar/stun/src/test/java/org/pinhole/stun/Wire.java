package org.pinhole.stun;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** Bytes as the RFCs print them. */
final class Wire {
    static final TransactionId ID = new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL);

    private Wire() {}

    static ByteBuf bytes(String hex) {
        return Unpooled.wrappedBuffer(ByteBufUtil.decodeHexDump(hex.replaceAll("\\s", "")));
    }

    static StunMessage decode(String hex) {
        return StunMessage.decode(bytes(hex));
    }

    /** A Binding request with these attributes. */
    static ByteBuf binding(Attribute... attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, StunMethod.BINDING.request(), ID);
        for (Attribute attribute : attributes) {
            encoder.add(attribute);
        }
        return out;
    }
}

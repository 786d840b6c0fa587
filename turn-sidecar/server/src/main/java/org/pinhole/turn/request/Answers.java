package org.pinhole.turn.request;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.ErrorCode;
import org.pinhole.stun.MessageType;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.turn.allocation.ClientPath;
import org.pinhole.turn.auth.Seal;

/** How answers are written: sealed as the request was, with FINGERPRINT if it had one, no SOFTWARE and no reasons. */
final class Answers {
    private static final int USUAL_BYTES = 160;

    private Answers() {}

    static void success(ClientPath path, StunMessage request, @Nullable Seal seal, List<Attribute> attributes) {
        send(path, request, request.type().success(), seal, attributes);
    }

    static void error(ClientPath path, StunMessage request, @Nullable Seal seal, int code, List<Attribute> more) {
        List<Attribute> attributes = new java.util.ArrayList<>(more.size() + 1);
        attributes.add(new ErrorCode(code, ""));
        attributes.addAll(more);
        send(path, request, request.type().error(), seal, attributes);
    }

    private static void send(
            ClientPath path, StunMessage request, MessageType type, @Nullable Seal seal, List<Attribute> attributes) {
        ByteBuf out = path.alloc().ioBuffer(USUAL_BYTES);
        StunEncoder answer = StunEncoder.start(out, type, request.transactionId());
        attributes.forEach(answer::add);
        if (seal != null) {
            seal.apply(answer);
        }
        if (request.hasFingerprint()) {
            answer.fingerprint();
        }
        path.answer(out);
    }
}

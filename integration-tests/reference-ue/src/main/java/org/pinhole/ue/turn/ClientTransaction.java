package org.pinhole.ue.turn;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.pinhole.stun.Attribute;
import org.pinhole.stun.StunClass;
import org.pinhole.stun.StunEncoder;
import org.pinhole.stun.StunMessage;
import org.pinhole.stun.StunMethod;
import org.pinhole.stun.TransactionId;

/** One request on its way: its bytes, and which answer counts (RFC 8489 §6.3.3, §9.2.5). */
final class ClientTransaction {
    private final StunMethod method;
    private final TransactionId id;
    private final @Nullable LongTermAuthentication authentication;
    private final byte[] frame;
    private final CompletableFuture<StunMessage> answer = new CompletableFuture<>();
    private volatile boolean forged;

    ClientTransaction(
            StunMethod method,
            TransactionId id,
            List<Attribute> attributes,
            @Nullable LongTermAuthentication authentication) {
        this.method = method;
        this.id = id;
        this.authentication = authentication;
        this.frame = encode(attributes);
    }

    private byte[] encode(List<Attribute> attributes) {
        ByteBuf out = Unpooled.buffer();
        StunEncoder encoder = StunEncoder.start(out, method.request(), id);
        attributes.forEach(encoder::add);
        if (authentication != null) {
            authentication.seal(encoder);
        }
        return ByteBufUtil.getBytes(out);
    }

    TransactionId id() {
        return id;
    }

    byte[] frame() {
        return frame.clone();
    }

    CompletableFuture<StunMessage> answer() {
        return answer;
    }

    /** Takes the message if it is the answer. One with a wrong seal, or a success without one, never counts. */
    void take(StunMessage message) {
        if (!message.transactionId().equals(id) || !message.type().method().equals(method)) {
            return;
        }
        if (authentic(message)) {
            answer.complete(message);
        } else {
            forged = true;
        }
    }

    /**
     * An error without a seal is believed, where the RFC discards it: a server that cannot look credentials up answers so,
     * and all that a forged one can do is to end this request.
     */
    private boolean authentic(StunMessage message) {
        boolean success = message.type().kind() == StunClass.SUCCESS;
        if (!success && message.type().kind() != StunClass.ERROR) {
            return false;
        }
        LongTermAuthentication ours = authentication;
        if (ours == null) {
            return true;
        }
        return (!success && !LongTermAuthentication.sealed(message)) || ours.proves(message);
    }

    void fail(TurnException why) {
        answer.completeExceptionally(why);
    }

    /** What to say when no answer counted. */
    String nothing() {
        return forged
                ? "the answer to " + MethodName.of(method)
                        + " is not sealed with our key; somebody alters what we receive"
                : "no answer to " + MethodName.of(method);
    }
}

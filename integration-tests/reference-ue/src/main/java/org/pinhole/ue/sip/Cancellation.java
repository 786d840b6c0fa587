package org.pinhole.ue.sip;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** When a caller's CANCEL may go out: after a provisional response, before the final one, once (RFC 3261 §9.1). On the loop. */
final class Cancellation {
    private boolean heard;
    private boolean sent;
    private int finalStatus;
    private @Nullable CompletableFuture<Integer> waiter;

    /** The caller gave up; {@code over} learns how the INVITE ended. */
    void wanted(CompletableFuture<Integer> over) {
        waiter = over;
        if (finalStatus > 0) {
            over.complete(finalStatus);
        }
    }

    boolean wanted() {
        return waiter != null;
    }

    void provisional() {
        heard = true;
    }

    /** Whether to send it now; true once. */
    boolean due() {
        if (waiter == null || !heard || sent || finalStatus > 0) {
            return false;
        }
        sent = true;
        return true;
    }

    void over(int status) {
        finalStatus = status;
        if (waiter != null) {
            waiter.complete(status);
        }
    }

    void failed(String reason) {
        if (waiter != null) {
            waiter.completeExceptionally(new SipFailure(reason));
        }
    }
}

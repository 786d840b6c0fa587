package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * The container sets the interval of a transaction's timer after it has made the transaction. When its thread stalls in
 * between for as long as the stack waits with a 100 of its own (200 ms), the timer runs already, and the stack throws: the
 * INVITE would be answered 500. Then the timer keeps the interval that it has, which is the same in all but exotic settings.
 */
final class LateTimerAdvice {
    private LateTimerAdvice() {}

    @Advice.OnMethodExit(onThrowable = IllegalStateException.class, suppress = Throwable.class)
    static void onExit(@Advice.Thrown(readOnly = false) @Nullable Throwable thrown) {
        thrown = null;
    }
}

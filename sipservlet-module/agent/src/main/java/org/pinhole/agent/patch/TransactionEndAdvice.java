package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/**
 * The stack tells the container that a transaction is over before it sends the answer which ends it, and the container wakes a
 * thread to tidy up: the phone waits for both. What we process is answered first, and the container told again afterwards.
 */
final class TransactionEndAdvice {
    private TransactionEndAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static boolean onEnter(
            @Advice.This(typing = Assigner.Typing.DYNAMIC) Object dispatcher,
            @Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object event) {
        return Bridge.isForLater(dispatcher, event);
    }
}

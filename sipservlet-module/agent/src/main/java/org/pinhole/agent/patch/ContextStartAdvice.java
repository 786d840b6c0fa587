package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** An application's listeners are about to start. */
final class ContextStartAdvice {
    private ContextStartAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void onEnter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object context) {
        Bridge.applicationStarting(context);
    }
}

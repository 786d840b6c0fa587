package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** An application is about to be removed. */
final class RemoveApplicationAdvice {
    private RemoveApplicationAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void onEnter(
            @Advice.This(typing = Assigner.Typing.DYNAMIC) Object dispatcher, @Advice.Argument(0) String name) {
        Bridge.applicationRemoved(dispatcher, name);
    }
}

package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** An application is about to be added. The one advice that may throw: that is how a wrong parameter fails a deployment. */
final class AddApplicationAdvice {
    private AddApplicationAdvice() {}

    @Advice.OnMethodEnter
    static void onEnter(
            @Advice.This(typing = Assigner.Typing.DYNAMIC) Object dispatcher,
            @Advice.Argument(value = 1, typing = Assigner.Typing.DYNAMIC) Object context) {
        Bridge.applicationAdding(dispatcher, context);
    }
}

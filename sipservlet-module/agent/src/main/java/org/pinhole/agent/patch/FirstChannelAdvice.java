package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** The stack notes on a request the channel that it came on; one that stays in the container keeps the first. */
final class FirstChannelAdvice {
    private FirstChannelAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static boolean onEnter(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object request) {
        return Bridge.isPassedOn(request);
    }
}

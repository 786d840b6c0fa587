package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/**
 * The container's own RFC 5626, which an application may turn on for its proxy, writes tokens of its own and reads others' as
 * addresses to connect to; it leaves requests of our flows, its third argument, alone.
 */
final class ForeignFlowsAdvice {
    private ForeignFlowsAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static boolean onEnter(@Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object originalRequest) {
        return Bridge.isOfAFlow(originalRequest);
    }
}

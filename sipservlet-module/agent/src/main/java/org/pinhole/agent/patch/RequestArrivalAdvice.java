package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** A request has arrived, and a dispatcher is being chosen for it. */
final class RequestArrivalAdvice {
    private RequestArrivalAdvice() {}

    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void onEnter(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object request) {
        Bridge.requestArrived(request);
    }
}

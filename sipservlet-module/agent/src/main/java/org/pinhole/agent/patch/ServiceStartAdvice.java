package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.Bridge;

/** The SIP service has started. */
final class ServiceStartAdvice {
    private ServiceStartAdvice() {}

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void onExit(@Advice.This(typing = Assigner.Typing.DYNAMIC) Object service) {
        Bridge.serviceStarted(service);
    }
}

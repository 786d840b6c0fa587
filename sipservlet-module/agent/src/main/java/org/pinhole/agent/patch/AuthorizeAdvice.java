package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.Bridge;

/** The container asks whether a request, its first argument, may reach its servlet; where it is ours to say, we do. */
final class AuthorizeAdvice {
    private AuthorizeAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static @Nullable Boolean onEnter(@Advice.Argument(value = 0, typing = Assigner.Typing.DYNAMIC) Object request) {
        return Bridge.authorize(request); // catches everything itself, and then refuses
    }

    @Advice.OnMethodExit
    static void onExit(@Advice.Enter @Nullable Boolean ours, @Advice.Return(readOnly = false) boolean authorized) {
        if (ours != null) {
            authorized = ours.booleanValue();
        }
    }
}

package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;
import org.pinhole.bridge.Bridge;

/** The stack chooses a message channel for a next hop, its third argument; one of ours is chosen by us. */
final class ChannelChoiceAdvice {
    private ChannelChoiceAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class, suppress = Throwable.class)
    static @Nullable Object onEnter(
            @Advice.This(typing = Assigner.Typing.DYNAMIC) Object stack,
            @Advice.Argument(value = 2, typing = Assigner.Typing.DYNAMIC) Object hop) {
        return Bridge.channelFor(stack, hop);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void onExit(
            @Advice.Enter @Nullable Object ours,
            @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object chosen) {
        if (ours != null) {
            chosen = ours;
        }
    }
}

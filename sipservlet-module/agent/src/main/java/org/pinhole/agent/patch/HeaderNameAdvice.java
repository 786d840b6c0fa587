package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.pinhole.bridge.HeaderNames;

/**
 * The stack keeps every header name that it has ever seen, in a static map that nothing is taken out of, so that a client
 * which makes up names fills the heap, before anybody has asked who it is. The map knows the names of the standards from the
 * beginning; others are made small anew each time.
 */
final class HeaderNameAdvice {
    private HeaderNameAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static String onEnter(
            @Advice.Argument(0) String name,
            @Advice.FieldValue(value = "lowercaseMap", typing = Assigner.Typing.DYNAMIC) Object known) {
        return HeaderNames.toLowerCase(known, name);
    }

    @Advice.OnMethodExit
    @SuppressWarnings("UnusedVariable") // what is written to it is what the method returns
    static void onExit(@Advice.Enter String lower, @Advice.Return(readOnly = false) String returned) {
        returned = lower;
    }
}

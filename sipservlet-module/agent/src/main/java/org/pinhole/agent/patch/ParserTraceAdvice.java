package org.pinhole.agent.patch;

import net.bytebuddy.asm.Advice;

/**
 * The stack's parser counts how deeply it is nested, to indent a trace that is off, in a static field that all threads change
 * without a lock; and builds the indentation all the same. The count drifts with the load, and once it is high each address
 * costs as many characters: the longer a container runs, the slower it reads. Without the trace nothing is counted.
 */
final class ParserTraceAdvice {
    private ParserTraceAdvice() {}

    @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
    static boolean onEnter(@Advice.FieldValue("debug") boolean tracing) {
        return !tracing;
    }
}

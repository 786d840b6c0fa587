package org.pinhole.ue.pac;

import java.util.function.Function;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ContextFactory;

/** An engine that interprets, shows no Java class to the script, and can be stopped from another thread. */
final class PacEngine extends ContextFactory {
    private static final int LOOK_EVERY_INSTRUCTIONS = 10_000;

    /** Nothing that a script could catch. */
    private static final class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("stopped");
        }
    }

    private volatile boolean stopped;

    String run(Function<Context, String> work) {
        return call(work::apply);
    }

    void stop() {
        stopped = true;
    }

    @Override
    protected Context makeContext() {
        Context context = super.makeContext();
        context.setInterpretedMode(true);
        context.setLanguageVersion(Context.VERSION_ES6);
        context.setInstructionObserverThreshold(LOOK_EVERY_INSTRUCTIONS);
        context.setClassShutter(name -> false);
        return context;
    }

    @Override
    protected void observeInstructionCount(Context context, int count) {
        if (stopped) {
            throw new Stopped();
        }
    }
}

package org.pinhole.ue.pac;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptRuntime;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.Undefined;

/** One of the standard's functions as a script sees it. Arguments are texts; those that are missing are empty. */
final class PacFunction extends BaseFunction {
    private static final long serialVersionUID = 1L;

    /** What it comes to: a text, a number, a boolean or null. */
    interface Body {
        @Nullable
        Object of(List<String> arguments);
    }

    private final transient Body body;

    PacFunction(Body body) {
        this.body = body;
    }

    @Override
    public @Nullable Object call(Context context, Scriptable scope, Scriptable thisObject, Object[] arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            if (!Undefined.isUndefined(argument)) {
                texts.add(ScriptRuntime.toString(argument));
            }
        }
        try {
            return body.of(texts);
        } catch (IllegalArgumentException e) {
            throw ScriptRuntime.constructError("TypeError", String.valueOf(e.getMessage()));
        }
    }
}

package org.pinhole.app.chain;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A header field of a 2xx response whose value depends on what that response says. Safe for any thread. */
public interface SuccessHeader {
    /** The value, or null to leave it out; the response's own header fields are asked for by name. */
    @Nullable
    String value(Function<String, List<String>> response);
}

package org.pinhole.turn;

import org.jspecify.annotations.Nullable;

/** Why the server does not start, in one line that says what to do. */
final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which value of an option that may be repeated, counted from 0. */
    record Value(String option, int index) {}

    private final transient @Nullable Value value;

    StartException(String message) {
        this(message, null, null);
    }

    StartException(String message, Throwable cause) {
        this(message, cause, null);
    }

    private StartException(String message, @Nullable Throwable cause, @Nullable Value value) {
        super(message, cause);
        this.value = value;
    }

    /** The same, of one value of an option that may be repeated; the message need not show it. */
    StartException of(String option, int index) {
        return new StartException(String.valueOf(getMessage()), this, new Value(option, index));
    }

    /** The value that is wrong, if the option may have several. */
    @Nullable
    Value value() {
        return value;
    }
}

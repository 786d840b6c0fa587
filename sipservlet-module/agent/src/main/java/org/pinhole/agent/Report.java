package org.pinhole.agent;

import org.jspecify.annotations.Nullable;

/** What the agent has to say before any logger is there: single lines on standard error. */
final class Report {
    private Report() {}

    @SuppressWarnings("SystemOut") // premain has nothing else
    static void line(String message) {
        System.err.println("[pinhole] " + message);
    }

    static void problem(String message, @Nullable Throwable cause) {
        line(cause == null ? message : message + ": " + cause);
    }
}

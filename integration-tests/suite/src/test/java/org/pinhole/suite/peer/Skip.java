package org.pinhole.suite.peer;

import java.util.Map;
import org.opentest4j.TestAbortedException;

/** The one rule about tests that cannot run where they are: skipped with the reason, and with CI=true a failure. */
public final class Skip {
    private Skip() {}

    /** Ends the test one way or the other. */
    public static void because(String reason) {
        because(reason, System.getenv());
    }

    /** The environment is a parameter so that a test can be any machine. */
    static void because(String reason, Map<String, String> environment) {
        if ("true".equals(environment.get("CI"))) {
            throw new AssertionError("CI=true and " + reason);
        }
        throw new TestAbortedException(reason);
    }
}

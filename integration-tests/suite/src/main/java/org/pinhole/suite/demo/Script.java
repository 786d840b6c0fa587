package org.pinhole.suite.demo;

import java.io.IOException;

/** Runs steps one by one and tells each. After a failed step the rest is not tried: it would fail for the same reason. */
final class Script {
    /** One step: says what it saw, or fails with it. */
    interface Step {
        String run() throws IOException, StepFailed;
    }

    private final Steps steps;
    private boolean passing = true;

    Script(Steps steps) {
        this.steps = steps;
    }

    /** Runs it, unless one before it failed. */
    void step(String name, Step step) {
        if (!passing) {
            return;
        }
        try {
            steps.step(name, true, step.run());
        } catch (StepFailed | IOException | RuntimeException e) {
            passing = false;
            steps.step(name, false, String.valueOf(e.getMessage()));
        }
    }

    boolean passed() {
        return passing;
    }

    /** What was seen, if it was as it had to be. */
    static String expect(boolean right, String seen) throws StepFailed {
        if (!right) {
            throw new StepFailed(seen);
        }
        return seen;
    }
}

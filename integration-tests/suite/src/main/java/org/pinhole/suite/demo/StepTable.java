package org.pinhole.suite.demo;

import java.io.PrintStream;

/** One line per step as it happens: name, outcome, what was seen. Remembers whether all passed. */
final class StepTable implements Steps {
    private static final int NAME_WIDTH = 46;

    private final PrintStream out;
    private int passedSteps;
    private int failedSteps;

    StepTable(PrintStream out) {
        this.out = out;
    }

    @Override
    public synchronized void step(String name, boolean passed, String seen) {
        if (passed) {
            passedSteps++;
        } else {
            failedSteps++;
        }
        out.printf("  %-" + NAME_WIDTH + "s %-6s  %s%n", name, passed ? "ok" : "FAILED", seen);
    }

    /** Something to show while a step takes its time. */
    synchronized void note(String line) {
        out.println("  … " + line);
    }

    synchronized boolean allPassed() {
        return failedSteps == 0;
    }

    synchronized String summary() {
        return passedSteps + " steps passed, " + failedSteps + " failed";
    }
}

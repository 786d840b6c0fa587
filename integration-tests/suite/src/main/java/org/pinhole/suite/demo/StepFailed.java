package org.pinhole.suite.demo;

/** A step saw something else than it had to. The message is what it saw. */
final class StepFailed extends Exception {
    private static final long serialVersionUID = 1L;

    StepFailed(String seen) {
        super(seen);
    }
}

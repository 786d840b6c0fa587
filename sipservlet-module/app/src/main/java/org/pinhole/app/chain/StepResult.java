package org.pinhole.app.chain;

/** What a step did with the request. */
public enum StepResult {
    /** It goes on to the next step. */
    CONTINUE,
    /** It was answered or forwarded; no further step sees it. */
    DONE
}

package org.pinhole.app.chain;

/** One station of the request's path. Holds no state of a request; safe for any thread. */
public interface Step {
    /** Answers the request, forwards it, or lets it go on to the next step. */
    StepResult handle(Exchange exchange);
}

package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The steps of an initial request, in order: reading this list is reading the product. */
public final class RequestChain {
    private final List<Step> steps;

    private RequestChain(List<Step> steps) {
        this.steps = steps;
    }

    /** A chain of these steps; the last one answers or forwards whatever reaches it. */
    public static RequestChain of(Step... steps) {
        return of(Arrays.asList(steps));
    }

    /** A chain of these steps. */
    public static RequestChain of(List<Step> steps) {
        return new RequestChain(Collections.unmodifiableList(new ArrayList<>(steps)));
    }

    /** Hands the request from step to step until one is done with it. */
    public void handle(Exchange exchange) {
        for (Step step : steps) {
            if (step.handle(exchange) == StepResult.DONE) {
                return;
            }
        }
        exchange.reply(Reply.of(500, "No Step Took The Request"));
    }
}

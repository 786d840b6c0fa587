package org.pinhole.bench.scenario;

import java.io.IOException;

/** One question, put to running servers. */
public interface Scenario {
    /** Measures, and prints as it goes; ends with a verdict line per target. */
    void run(Bed bed) throws IOException, InterruptedException;
}

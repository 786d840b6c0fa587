package org.pinhole.ue.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How to tell what is seen. */
final class ReportOptions {
    @Option(
            names = "--json",
            description =
                    "Print one JSON object a line: step, seen, and flow where there are several. What --trace prints then"
                            + " goes to standard error.")
    private boolean json;

    boolean json() {
        return json;
    }

    Report report(CommandSpec spec) {
        return new Report(spec.commandLine().getOut(), json);
    }
}

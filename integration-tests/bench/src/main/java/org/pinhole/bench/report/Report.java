package org.pinhole.bench.report;

import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** Prints, for people: what was measured where, tables in Markdown, and one verdict line per target. */
public final class Report {
    private final PrintStream out;

    /** Prints there. */
    public Report(PrintStream out) {
        this.out = out;
    }

    /** What this runs on: no figure means anything without it. */
    public void machine() {
        say(
                "%d processors, %s %s, Java %s",
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.version());
    }

    /** One line of progress. */
    public void say(String format, Object... arguments) {
        String text = String.format(Locale.ROOT, format, arguments);
        out.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + text);
    }

    /** A table in Markdown. */
    public void table(List<String> head, List<List<String>> rows) {
        row(head);
        row(head.stream().map(unused -> "---").toList());
        rows.forEach(this::row);
    }

    private void row(List<String> cells) {
        out.println("| " + String.join(" | ", cells) + " |");
    }

    /** Whether a target was met, with the figure that says so. */
    public void verdict(boolean met, String target, String seen) {
        out.println((met ? "MET      " : "NOT MET  ") + target + ": " + seen);
    }
}

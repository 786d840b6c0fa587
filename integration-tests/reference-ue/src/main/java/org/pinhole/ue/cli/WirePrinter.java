package org.pinhole.ue.cli;

import java.io.PrintWriter;
import java.time.Instant;
import org.pinhole.ue.sip.WireListener;

/** Prints what was on the wire, each line marked with its direction. */
final class WirePrinter implements WireListener {
    private final PrintWriter out;

    WirePrinter(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void sent(Instant at, String text) {
        print(at, ">", text);
    }

    @Override
    public void received(Instant at, String text) {
        print(at, "<", text);
    }

    private void print(Instant at, String mark, String text) {
        StringBuilder shown = new StringBuilder(at.toString()).append('\n');
        if (text.isBlank()) {
            shown.append(mark).append(' ').append(text.replace("\r\n", "CRLF ")).append('\n');
        } else {
            text.lines()
                    .forEach(line -> shown.append(mark).append(' ').append(line).append('\n'));
        }
        out.print(shown);
        out.flush();
    }
}

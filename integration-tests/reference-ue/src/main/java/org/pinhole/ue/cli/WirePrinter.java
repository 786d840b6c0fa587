package org.pinhole.ue.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.regex.Pattern;
import org.pinhole.ue.sip.WireListener;

/** Prints what was on the wire, each line marked with its direction; secrets that pass in clear are left out. */
final class WirePrinter implements WireListener {
    /** What opens relays, what a password can be guessed from, what proves checks. */
    private static final Pattern SECRET = Pattern.compile(
            "((?:;\\s*credential|\\bresponse|\\brspauth)=)(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^;,\\s]+)|(a=ice-pwd:)\\S+");

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
            withoutSecrets(text)
                    .lines()
                    .forEach(line -> shown.append(mark)
                            .append(' ')
                            .append(OneLine.of(line))
                            .append('\n'));
        }
        out.print(shown);
        out.flush();
    }

    private static String withoutSecrets(String text) {
        return SECRET.matcher(text)
                .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "…");
    }
}

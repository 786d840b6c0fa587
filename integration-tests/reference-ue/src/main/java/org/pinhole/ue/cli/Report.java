package org.pinhole.ue.cli;

import java.io.PrintWriter;

/** One line per step: for people {@code step: seen}, for machines a JSON object. Any thread. */
final class Report {
    private final PrintWriter out;
    private final boolean json;

    Report(PrintWriter out, boolean json) {
        this.out = out;
        this.json = json;
    }

    /** A step of the command as a whole. */
    void say(String step, String seen) {
        print(json ? "{" + field("step", step) + "," + field("seen", seen) + "}" : step + ": " + OneLine.of(seen));
    }

    /** A step of one of several flows. */
    void say(int flow, String step, String seen) {
        print(
                json
                        ? "{\"flow\":" + flow + "," + field("step", step) + "," + field("seen", seen) + "}"
                        : "flow " + flow + " " + step + ": " + OneLine.of(seen));
    }

    /** How the command ended; for machines only. */
    void result(int exit, String seen) {
        print("{" + field("step", "result") + ",\"exit\":" + exit + "," + field("seen", seen) + "}");
    }

    private void print(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }

    private static String field(String name, String value) {
        return quoted(name) + ":" + quoted(value);
    }

    /** A JSON string (RFC 8259 §7). */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                json.append("\\u%04x".formatted((int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

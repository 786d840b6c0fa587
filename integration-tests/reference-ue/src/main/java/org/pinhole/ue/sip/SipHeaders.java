package org.pinhole.ue.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.digest.Quoted;

/**
 * The header fields of a message, in order and verbatim, never changing. Names compare without case, and a compact form
 * equals its long one (RFC 3261 §7.3.3).
 */
public final class SipHeaders {
    /** One header line. */
    public record Line(String name, String value) {}

    public static final SipHeaders NONE = new SipHeaders(List.of());

    private static final Map<String, String> COMPACT = Map.ofEntries(
            Map.entry("v", "Via"),
            Map.entry("f", "From"),
            Map.entry("t", "To"),
            Map.entry("m", "Contact"),
            Map.entry("i", "Call-ID"),
            Map.entry("l", "Content-Length"),
            Map.entry("c", "Content-Type"),
            Map.entry("k", "Supported"),
            Map.entry("e", "Content-Encoding"),
            Map.entry("s", "Subject"),
            Map.entry("o", "Event"),
            Map.entry("u", "Allow-Events"),
            Map.entry("r", "Refer-To"),
            Map.entry("x", "Session-Expires"));

    private final List<Line> lines;

    private SipHeaders(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    public static SipHeaders of(List<Line> lines) {
        return new SipHeaders(lines);
    }

    public List<Line> lines() {
        return lines;
    }

    /** The first value of that name, or null. */
    @Nullable
    public String find(String name) {
        for (Line line : lines) {
            if (same(line.name(), name)) {
                return line.value();
            }
        }
        return null;
    }

    /** The first value of that name, which a SIP message cannot do without. */
    public String require(String name) {
        String value = find(name);
        if (value == null) {
            throw new SipFormatException("no " + name + " header");
        }
        return value;
    }

    /** Every line's value, as it stands. */
    public List<String> all(String name) {
        return lines.stream()
                .filter(line -> same(line.name(), name))
                .map(Line::value)
                .toList();
    }

    /** The entries of a comma-separated header such as Via, Route, Contact or Require, over all its lines. */
    public List<String> entries(String name) {
        List<String> entries = new ArrayList<>();
        for (String value : all(name)) {
            for (String entry : Quoted.split(value, ',')) {
                if (!entry.isEmpty()) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /** Whether an option tag, method or the like is among the entries. */
    public boolean lists(String name, String token) {
        return entries(name).stream().anyMatch(entry -> entry.equalsIgnoreCase(token));
    }

    /** The same with one more line at the end. */
    public SipHeaders plus(String name, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(new Line(name, value));
        return new SipHeaders(more);
    }

    /** The same with one more line per value at the end. */
    public SipHeaders plusAll(String name, List<String> values) {
        List<Line> more = new ArrayList<>(lines);
        values.forEach(value -> more.add(new Line(name, value)));
        return new SipHeaders(more);
    }

    /** The same with one more line on top. */
    public SipHeaders onTop(String name, String value) {
        List<Line> more = new ArrayList<>(lines);
        more.add(0, new Line(name, value));
        return new SipHeaders(more);
    }

    /** The same with this one value instead of whatever stood under that name, at the first one's place. */
    public SipHeaders with(String name, String value) {
        List<Line> others = new ArrayList<>();
        boolean placed = false;
        for (Line line : lines) {
            if (!same(line.name(), name)) {
                others.add(line);
            } else if (!placed) {
                others.add(new Line(name, value));
                placed = true;
            }
        }
        return placed ? new SipHeaders(others) : plus(name, value);
    }

    public SipHeaders without(String name) {
        return new SipHeaders(
                lines.stream().filter(line -> !same(line.name(), name)).toList());
    }

    private static boolean same(String one, String other) {
        return longForm(one).equalsIgnoreCase(longForm(other));
    }

    private static String longForm(String name) {
        return name.length() == 1 ? COMPACT.getOrDefault(name.toLowerCase(Locale.ROOT), name) : name;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line ->
                text.append(line.name()).append(": ").append(line.value()).append("\r\n"));
        return text.toString();
    }
}

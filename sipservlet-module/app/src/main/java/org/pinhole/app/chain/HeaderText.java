package org.pinhole.app.chain;

import java.util.ArrayList;
import java.util.List;

/** The lexical ground rules that all header fields share (RFC 3261 §25.1): quoted strings and separators. Pure. */
public final class HeaderText {
    private HeaderText() {}

    /** Splits at a separator that stands outside quoted strings; parts are trimmed. */
    public static List<String> split(String text, char separator) {
        return split(text, separator, false);
    }

    /**
     * The same where the parts are addresses, whose URI in angle brackets may have separators of its own. Nowhere else do
     * brackets mean anything: a server behind us would see two values where we saw one.
     */
    public static List<String> splitAddresses(String text, char separator) {
        return split(text, separator, true);
    }

    private static List<String> split(String text, char separator, boolean addresses) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        boolean bracketed = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '<') {
                bracketed = addresses;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == separator && !bracketed) {
                parts.add(text.substring(start, i).trim());
                start = i + 1;
            }
        }
        if (quoted) {
            throw new SipFormatException("a quoted string does not end");
        }
        parts.add(text.substring(start).trim());
        return parts;
    }

    /** The content of a quoted string, escapes resolved; a text without quotes as it is. */
    public static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        if (text.indexOf('\\') < 0) {
            return text.substring(1, text.length() - 1);
        }
        StringBuilder content = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            boolean escape = c == '\\' && i + 1 < text.length() - 1;
            content.append(escape ? text.charAt(++i) : c);
        }
        return content.toString();
    }

    /** The text as a quoted string. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }
}

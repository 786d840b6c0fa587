package org.pinhole.ue.digest;

import java.util.ArrayList;
import java.util.List;

/** Splitting and quoting that knows of quoted strings and angle brackets (RFC 3261 §25.1). */
public final class Quoted {
    private Quoted() {}

    /** The parts between separators that stand neither in quotes nor in angle brackets, trimmed. */
    public static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        boolean bracketed = false;
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
                bracketed = true;
            } else if (c == '>') {
                bracketed = false;
            } else if (c == separator && !bracketed) {
                parts.add(text.substring(start, i).trim());
                start = i + 1;
            }
        }
        parts.add(text.substring(Math.min(start, text.length())).trim());
        return parts;
    }

    /** The content of a quoted string, or a token as it is. */
    public static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"' || text.charAt(text.length() - 1) != '"') {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length() - 1) {
                c = text.charAt(++i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    public static String quote(String plain) {
        return '"' + plain.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}

package org.pinhole.app.turn;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Reads one JSON object (RFC 8259) whose members are strings, numbers, true, false or null, and keeps the strings. Pure and
 * total.
 *
 * <p>Why not a library: all that are of use here are multi-release jars, which Tomcat 7 does not read in WEB-INF/lib, and
 * the container brings none. What is nested, doubled or not Unicode is refused rather than guessed at.
 */
final class FlatJson {
    private final String text;
    private int at;

    private FlatJson(String text) {
        this.text = text;
    }

    /**
     * The members that are strings, by name.
     *
     * @throws JsonFormatException when it is no such object
     */
    static Map<String, String> strings(String text) {
        return new FlatJson(text).object();
    }

    private Map<String, String> object() {
        Map<String, String> strings = new HashMap<>();
        Set<String> names = new HashSet<>();
        expect('{');
        if (!skip('}')) {
            do {
                blanks();
                String name = string();
                if (!names.add(name)) {
                    throw new JsonFormatException("a member stands there twice");
                }
                expect(':');
                blanks();
                if (peek() == '"') {
                    strings.put(name, string());
                } else {
                    scalar();
                }
            } while (skip(','));
            expect('}');
        }
        blanks();
        if (at < text.length()) {
            throw new JsonFormatException("something follows the object");
        }
        return strings;
    }

    private String string() {
        if (peek() != '"') {
            throw new JsonFormatException("a string is missing");
        }
        at++;
        StringBuilder content = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c < ' ') {
                throw new JsonFormatException("a control character stands in a string");
            }
            content.append(c == '\\' ? escaped() : c);
        }
        at++;
        requireWhole(content);
        return content.toString();
    }

    private char escaped() {
        int plain = "\"\\/bfnrt".indexOf(peek());
        if (plain >= 0) {
            at++;
            return "\"\\/\b\f\n\r\t".charAt(plain);
        }
        if (peek() != 'u' || at + 5 > text.length()) {
            throw new JsonFormatException("an escape is malformed");
        }
        int value = 0;
        for (int i = at + 1; i < at + 5; i++) {
            char c = text.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw new JsonFormatException("an escape is malformed");
            }
            value = value * 16 + digit;
        }
        at += 5;
        return (char) value;
    }

    /** Half of a surrogate pair has no UTF-8, and would be hashed as a question mark. */
    private static void requireWhole(CharSequence content) {
        if (content.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new JsonFormatException("half of a surrogate pair stands in a string");
        }
    }

    private void scalar() {
        int start = at;
        while (at < text.length() && ",}\" \t\r\n[]{:".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        String word = text.substring(start, at);
        boolean number = word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
        if (!number && !word.equals("true") && !word.equals("false") && !word.equals("null")) {
            throw new JsonFormatException("a member is no string, number, true, false or null");
        }
    }

    private char peek() {
        if (at >= text.length()) {
            throw new JsonFormatException("the object does not end");
        }
        return text.charAt(at);
    }

    private boolean skip(char wanted) {
        blanks();
        boolean there = peek() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private void expect(char wanted) {
        if (!skip(wanted)) {
            throw new JsonFormatException("'" + wanted + "' is missing");
        }
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}

package org.pinhole.ue.cli;

/** Text as it may go to a terminal: what others have written may neither drive it nor look like a line of ours. Pure. */
final class OneLine {
    /** More than every reason of a ladder; what is longer is somebody else's page. */
    private static final int MOST = 2000;

    private OneLine() {}

    /** The same with control characters spelled out, cut where nobody reads on. */
    static String of(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (line.length() >= MOST) {
                return line.append('…').toString();
            }
            switch (c) {
                case '\r' -> line.append("\\r");
                case '\n' -> line.append("\\n");
                case '\t' -> line.append(' ');
                default -> append(line, c);
            }
        }
        return line.toString();
    }

    private static void append(StringBuilder line, char c) {
        if (Character.isISOControl(c) || isDirection(c)) {
            line.append("\\u%04x".formatted((int) c));
        } else {
            line.append(c);
        }
    }

    /** What makes text run the other way, so that it reads as something else. */
    private static boolean isDirection(char c) {
        return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069') || c == '\u2028' || c == '\u2029';
    }
}

package org.pinhole.admin.install;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.pinhole.admin.file.AdminException;

/**
 * The text of a bin/setenv.sh with at most one block of ours. What stands around the block is never changed; the block's first
 * line remembers what was there before it, and a digest of its body by which an edited block is told from our own.
 */
final class SetenvScript {
    private static final Pattern BEGIN = Pattern.compile(
            "^# >>> pinhole (plain|line-end|new-file|new-folder) ([0-9a-f]{16}) >>>.*\n", Pattern.MULTILINE);
    private static final String NOTE = " written by 'bin/pinhole install'; put your own lines outside\n";
    private static final String END = "# <<< pinhole <<<\n";

    /** What the block found: a file with a last line end, one without, none, or not even its folder. */
    enum Origin {
        PLAIN("plain"),
        LINE_END("line-end"),
        NEW_FILE("new-file"),
        NEW_FOLDER("new-folder");

        private final String word;

        Origin(String word) {
            this.word = word;
        }

        static Origin of(String word) {
            for (Origin origin : values()) {
                if (origin.word.equals(word)) {
                    return origin;
                }
            }
            throw new IllegalArgumentException(word);
        }
    }

    private final String before;
    private final @Nullable Origin origin;
    private final String digest;
    private final String body;
    private final String after;

    private SetenvScript(String before, @Nullable Origin origin, String digest, String body, String after) {
        this.before = before;
        this.origin = origin;
        this.digest = digest;
        this.body = body;
        this.after = after;
    }

    static SetenvScript parse(String text) {
        Matcher begin = BEGIN.matcher(text);
        if (!begin.find()) {
            return new SetenvScript(text, null, "", "", "");
        }
        int end = text.indexOf(END, begin.end());
        if (end < 0) {
            throw new AdminException(
                    "bin/setenv.sh: the block '# >>> pinhole' has lost its last line '# <<< pinhole <<<'; "
                            + "put it back, or delete the whole block");
        }
        return new SetenvScript(
                text.substring(0, begin.start()),
                Origin.of(begin.group(1)),
                begin.group(2),
                text.substring(begin.end(), end),
                text.substring(end + END.length()));
    }

    @Nullable
    Origin origin() {
        return origin;
    }

    boolean hasBlock() {
        return origin != null;
    }

    boolean isEdited() {
        return origin != null && !digest.equals(digestOf(body));
    }

    /** The text with this block: in place of the old one, else at the end. {@code found} says what a new block finds. */
    String withBlock(String newBody, Origin found) {
        Origin kept = origin == null ? found : origin;
        String lineEnd = origin == null && found == Origin.LINE_END ? "\n" : "";
        return before + lineEnd + "# >>> pinhole " + kept.word + " " + digestOf(newBody) + " >>>" + NOTE + newBody + END
                + after;
    }

    /** The text as it was before the block, with what others have added since. */
    String withoutBlock() {
        boolean lineEndIsOurs = origin == Origin.LINE_END && after.isEmpty() && before.endsWith("\n");
        return lineEndIsOurs ? before.substring(0, before.length() - 1) : before + after;
    }

    private static String digestOf(String body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body.getBytes(StandardCharsets.ISO_8859_1));
            StringBuilder hex = new StringBuilder();
            for (int i = 0; i < 8; i++) {
                hex.append(String.format("%02x", digest[i]));
            }
            return hex.toString();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JRE has SHA-256", impossible);
        }
    }
}

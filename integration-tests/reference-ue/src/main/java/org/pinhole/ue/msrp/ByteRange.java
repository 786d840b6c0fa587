package org.pinhole.ue.msrp;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which octets of a message a chunk has (RFC 4975 §7.1.1).
 *
 * @param start from 1
 * @param total of the whole message, or -1 where it is not known yet
 */
record ByteRange(long start, long total) {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,10})-([0-9]{1,10}|\\*)/([0-9]{1,10}|\\*)");

    /** Reads it; a chunk without the header is the first (§7.3.1), and null is for one that makes no sense. */
    static @Nullable ByteRange find(@Nullable String value) {
        if (value == null) {
            return new ByteRange(1, -1);
        }
        Matcher parts = FORM.matcher(value.trim());
        if (!parts.matches() || Long.parseLong(parts.group(1)) < 1) {
            return null;
        }
        return new ByteRange(
                Long.parseLong(parts.group(1)), parts.group(3).equals("*") ? -1 : Long.parseLong(parts.group(3)));
    }

    static String of(int start, int end, int total) {
        return start + "-" + end + "/" + total;
    }
}

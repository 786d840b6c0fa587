package org.pinhole.suite.conformance;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One row of what is asked of us.
 *
 * @param id family and number, "K-7" or "trap-3"
 * @param level M(UST), S(HOULD), O(PTIONAL) or profile, as the source has it
 * @param source the document and its section
 * @param text one line, in our own words
 * @param notHere why there is nothing of ours that it could be asked of; empty when there is
 */
record Requirement(String id, String level, String source, String text, String notHere) {
    /** The families in reading order; a tag that looks like one of these must name a known row. */
    private static final List<String> FAMILIES = List.of("K", "O", "D", "P", "U", "T", "trap");

    static final Pattern ID = Pattern.compile("(" + String.join("|", FAMILIES) + ")-(\\d{1,3})");

    static final Comparator<String> ID_ORDER = Comparator.comparingInt(Requirement::family)
            .thenComparingInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1)));

    Requirement {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "requirement id " + id + ": expected one of " + String.join(", ", FAMILIES) + ", a dash, a number");
        }
    }

    private static int family(String id) {
        return FAMILIES.indexOf(id.substring(0, id.indexOf('-')));
    }
}

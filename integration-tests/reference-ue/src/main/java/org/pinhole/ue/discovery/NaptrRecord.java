package org.pinhole.ue.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One NAPTR record (RFC 3403 §4) without its regexp, which SIP does not use (RFC 3263 §4.1). */
record NaptrRecord(int order, int preference, String flags, String service, String replacement) {
    private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)");

    /** Reads {@code 10 50 "s" "SIPS+D2T" "" _sips._tcp.example.com.}, quotes optional; null for anything else. */
    static @Nullable NaptrRecord find(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(text); word.find(); ) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        if (words.size() != 6
                || !words.get(0).matches("[0-9]{1,5}")
                || !words.get(1).matches("[0-9]{1,5}")) {
            return null;
        }
        return new NaptrRecord(
                Integer.parseInt(words.get(0)),
                Integer.parseInt(words.get(1)),
                words.get(2),
                words.get(3),
                words.get(5).replaceFirst("\\.$", ""));
    }

    /** Whether it leads to the SRV records of SIP over TLS. */
    boolean leadsToTls() {
        return flags.equalsIgnoreCase("s") && service.equalsIgnoreCase("SIPS+D2T");
    }
}

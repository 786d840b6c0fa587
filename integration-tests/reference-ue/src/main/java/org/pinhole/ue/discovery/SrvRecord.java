package org.pinhole.ue.discovery;

import org.jspecify.annotations.Nullable;

/** One SRV record (RFC 2782). */
record SrvRecord(int priority, int weight, int port, String target) {
    /** Reads {@code 10 60 443 edge.example.com.}; null for anything else, and for the target "." that says there is no service. */
    static @Nullable SrvRecord find(String text) {
        String[] words = text.trim().split("\\s+", -1);
        if (words.length != 4 || !digits(words[0]) || !digits(words[1]) || !digits(words[2])) {
            return null;
        }
        String target = words[3].endsWith(".") ? words[3].substring(0, words[3].length() - 1) : words[3];
        int port = Integer.parseInt(words[2]);
        return target.isEmpty() || port < 1 || port > 65_535
                ? null
                : new SrvRecord(Integer.parseInt(words[0]), Integer.parseInt(words[1]), port, target);
    }

    private static boolean digits(String word) {
        return word.matches("[0-9]{1,5}");
    }
}

package org.pinhole.bridge;

import java.util.Locale;
import java.util.Map;

/** What the stack's map of header names, which has those of the standards from the beginning, is asked instead of added to. */
public final class HeaderNames {
    private HeaderNames() {}

    /**
     * The name in small letters. Any thread.
     *
     * @param known a map from names to the same in small letters
     */
    public static String toLowerCase(Object known, String name) {
        Object lower = ((Map<?, ?>) known).get(name);
        return lower == null ? name.toLowerCase(Locale.ROOT) : (String) lower;
    }
}

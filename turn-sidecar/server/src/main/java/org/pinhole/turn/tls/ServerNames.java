package org.pinhole.turn.tls;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of several things a client means by the name in its ClientHello (RFC 6066 §3). Never a reason to refuse: no name
 * and an unknown name mean the first. PJSIP sends {@code host:443}, so a port is not part of the name.
 */
final class ServerNames<T> {
    private final T first;
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> wildcard = new HashMap<>();

    /** The things in the operator's order, each with its names; where two have one name, the earlier has it. */
    ServerNames(List<Map.Entry<Set<String>, T>> entries) {
        this.first = entries.get(0).getValue();
        for (Map.Entry<Set<String>, T> entry : entries) {
            for (String name : entry.getKey()) {
                if (name.startsWith("*.")) {
                    wildcard.putIfAbsent(name.substring(1), entry.getValue());
                } else {
                    exact.putIfAbsent(name, entry.getValue());
                }
            }
        }
    }

    T find(@Nullable String asked) {
        if (asked == null) {
            return first;
        }
        String name = normal(asked);
        T found = exact.get(name);
        if (found == null) {
            int dot = name.indexOf('.');
            found = dot < 0 ? null : wildcard.get(name.substring(dot));
        }
        return found == null ? first : found;
    }

    private static String normal(String asked) {
        int colon = asked.indexOf(':');
        String name = colon < 0 ? asked : asked.substring(0, colon);
        return (name.endsWith(".") ? name.substring(0, name.length() - 1) : name).toLowerCase(Locale.ROOT);
    }
}

package org.pinhole.connector.hook;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether the servers that a next hop stands for can be told by their addresses. The container looks for them by SRV where no
 * port is named (RFC 3263 §4.2), and they need not have the address that the name has.
 */
final class NextHopTrust {
    private static final Pattern NAME_WITHOUT_PORT = Pattern.compile("sip:(?![0-9.]+;)[A-Za-z0-9.-]+;.*");

    private NextHopTrust() {}

    /** What an operator has to do, or null: nothing. */
    static @Nullable String warning(Settings settings) {
        String nextHop = settings.get(Parameter.NEXT_HOP);
        boolean byAddress = !settings.get(Parameter.ROLE).equals("p-cscf"); // which has a list of its own
        boolean listed = !settings.get(Parameter.TRUSTED_SOURCES).isEmpty();
        if (!byAddress || listed || !NAME_WITHOUT_PORT.matcher(nextHop).matches()) {
            return null;
        }
        return Parameter.NEXT_HOP.key() + "=" + nextHop
                + ": names no port, so its servers may be found by SRV; only the"
                + " addresses of the name itself are trusted to reach phones, others are answered 403: list the servers in "
                + Parameter.TRUSTED_SOURCES.key() + ", or name the port";
    }
}

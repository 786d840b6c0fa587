package org.pinhole.app;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Whether an address is one of this host's to itself. Pure: a name is none, and nothing is resolved. */
final class Loopback {
    private Loopback() {}

    /** Whether this is a loopback address in its textual form, IPv4, IPv6 or one mapped into the other. */
    static boolean names(@Nullable String address) {
        if (address == null || address.isEmpty() || !literal(address)) {
            return false;
        }
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    /** A host name would be looked up; what has a colon, or digits and three dots only, is not. */
    private static boolean literal(String address) {
        return address.matches("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}") || address.matches("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    }
}

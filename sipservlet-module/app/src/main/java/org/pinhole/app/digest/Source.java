package org.pinhole.app.digest;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;

/** How addresses are written where they stand for hosts and for origins. Pure; never looks a name up. */
public final class Source {
    private static final int NETWORK_OCTETS = 8;

    private Source() {}

    /** What wrong passwords are counted by: an IPv4 address, or the /64 of an IPv6 address, which is one household's. */
    public static String of(InetSocketAddress remote) {
        InetAddress address = remote.getAddress();
        if (address instanceof Inet6Address) {
            return Arrays.toString(Arrays.copyOf(address.getAddress(), NETWORK_OCTETS));
        }
        return address == null ? remote.getHostString() : address.getHostAddress();
    }

    /** As the host of a SIP URI, in lower case. */
    public static String host(InetSocketAddress local) {
        InetAddress address = local.getAddress();
        String text = address == null ? local.getHostString() : address.getHostAddress();
        String host = text.indexOf(':') < 0 ? text : "[" + text + "]";
        return host.toLowerCase(Locale.ROOT);
    }
}

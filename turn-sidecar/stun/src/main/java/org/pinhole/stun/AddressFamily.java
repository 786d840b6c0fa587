package org.pinhole.stun;

import java.net.Inet6Address;
import java.net.InetAddress;

/** The numbers of address families on the wire (RFC 8489 §14.1); an attribute may carry others, which are not supported. */
public final class AddressFamily {
    public static final int IPV4 = 1;
    public static final int IPV6 = 2;

    private AddressFamily() {}

    /** The number of an address's family. */
    public static int of(InetAddress address) {
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }
}

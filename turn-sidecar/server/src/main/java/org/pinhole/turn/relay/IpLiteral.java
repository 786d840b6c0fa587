package org.pinhole.turn.relay;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** An address written as digits; a name is refused, since looking names up is not what an address option is for. */
public final class IpLiteral {
    private IpLiteral() {}

    public static InetAddress parse(String text) {
        boolean ipv6 = text.indexOf(':') >= 0;
        if (ipv6 || NetUtil.isValidIpV4Address(text)) {
            try {
                return InetAddress.getByName(ipv6 ? "[" + text + "]" : text); // in brackets nothing is looked up
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException("'%s' is not an IP address".formatted(text), e);
            }
        }
        throw new IllegalArgumentException("'%s' is not an IP address".formatted(text));
    }
}

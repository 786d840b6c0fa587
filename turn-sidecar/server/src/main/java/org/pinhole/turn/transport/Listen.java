package org.pinhole.turn.transport;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import org.pinhole.turn.allocation.TransportProtocol;

/** An address that clients reach us on, and how. */
public record Listen(TransportProtocol transport, InetSocketAddress address) {

    /** The option that asked for it, for messages to the operator. */
    public String option() {
        return "--%s-listen %s".formatted(transport, text());
    }

    private String text() {
        String host = NetUtil.toAddressString(address.getAddress());
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    @Override
    public String toString() {
        return transport + "://" + text();
    }
}

package org.pinhole.connector.transport;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.pinhole.connector.limit.Newest;

/**
 * Where phones' packets come from, and came from not long ago: nobody can be reached there but on the flow (RFC 5626 §5.3.1), if
 * it stands. Of the flows that have ended the last few thousand are remembered. Safe for any thread.
 */
final class PhoneAddresses {
    private static final int REMEMBERED = 8192;

    private final Map<InetSocketAddress, SipFlow> present = new ConcurrentHashMap<>();
    private final Newest<InetSocketAddress, InetSocketAddress> former = new Newest<>(REMEMBERED);

    /** A phone has come. */
    void opened(SipFlow flow) {
        present.put(flow.remoteAddress(), flow);
    }

    /** It has gone; another may have its address already. */
    void closed(SipFlow flow) {
        InetSocketAddress address = flow.remoteAddress();
        synchronized (former) {
            former.put(address, address);
        }
        present.remove(address, flow);
    }

    /** The flow that stands from there, or null. */
    @Nullable
    SipFlow flowFrom(String host, int port) {
        InetSocketAddress address = address(host, port);
        return address == null ? null : present.get(address);
    }

    /** The address of a phone whose flow has ended, or null when there was none that anybody remembers. */
    @Nullable
    InetSocketAddress formerPhone(String host, int port) {
        InetSocketAddress address = address(host, port);
        synchronized (former) {
            return address == null ? null : former.get(address);
        }
    }

    /** An address as a Via has it, IPv6 in brackets or not; a name is nobody's, and is not looked up. */
    private static @Nullable InetSocketAddress address(String host, int port) {
        InetAddress literal = NetUtil.createInetAddressFromIpAddressString(host);
        return literal == null || port < 0 || port > 0xFFFF ? null : new InetSocketAddress(literal, port);
    }
}

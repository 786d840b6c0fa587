package org.pinhole.connector.transport;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where phones' packets come from, and came from not long ago: nobody can be reached there but on the flow (RFC 5626 §5.3.1), if
 * it stands. Of the flows that have ended the last few thousand are remembered. Safe for any thread.
 */
final class PhoneAddresses {
    private static final int REMEMBERED = 8192;

    private final Map<String, SipFlow> present = new ConcurrentHashMap<>();

    private final Map<String, InetSocketAddress> former = new LinkedHashMap<String, InetSocketAddress>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, InetSocketAddress> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** A phone has come. */
    void opened(SipFlow flow) {
        present.put(key(flow.remoteAddress()), flow);
    }

    /** It has gone; another may have its address already. */
    void closed(SipFlow flow) {
        String address = key(flow.remoteAddress());
        synchronized (former) {
            former.remove(address);
            former.put(address, flow.remoteAddress());
        }
        present.remove(address, flow);
    }

    /** The flow that stands from there, or null. */
    @Nullable
    SipFlow flowFrom(String host, int port) {
        return present.get(key(host, port));
    }

    /** The address of a phone whose flow has ended, or null when there was none that anybody remembers. */
    @Nullable
    InetSocketAddress formerPhone(String host, int port) {
        synchronized (former) {
            return former.get(key(host, port));
        }
    }

    private static String key(InetSocketAddress address) {
        return key(address.getAddress().getHostAddress(), address.getPort());
    }

    /** An address as a Via has it, IPv6 in brackets or not; a name is nobody's. */
    private static String key(String host, int port) {
        return (host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host) + ' ' + port;
    }
}

package org.pinhole.turn.allocation;

import java.net.InetSocketAddress;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of {@code key=value} for each thing that happens to an allocation. What a client chose, its user name, is quoted
 * and holds no line break, so that nobody writes lines of his own into the log.
 */
public final class AllocationLog implements AllocationEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AllocationLog.class);

    @Override
    public void opened(Allocation allocation, long lifetimeSeconds) {
        if (LOG.isInfoEnabled()) {
            LOG.info("{} lifetime={}", line(allocation, "opened"), lifetimeSeconds);
        }
    }

    @Override
    public void refreshed(Allocation allocation, long lifetimeSeconds) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} lifetime={}", line(allocation, "refreshed"), lifetimeSeconds);
        }
    }

    @Override
    public void ended(Allocation allocation, EndReason reason) {
        if (LOG.isInfoEnabled()) {
            Traffic traffic = allocation.traffic();
            LOG.info(
                    "{} reason={} millis={} to_peer_packets={} to_peer_bytes={} to_client_packets={}"
                            + " to_client_bytes={} dropped_packets={}",
                    line(allocation, "closed"),
                    reason,
                    allocation.ageMillis(),
                    traffic.toPeerPackets(),
                    traffic.toPeerBytes(),
                    traffic.toClientPackets(),
                    traffic.toClientBytes(),
                    traffic.droppedPackets());
        }
    }

    @Override
    public void connectionBound(Allocation allocation, InetSocketAddress peer) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} peer={}", line(allocation, "connection-bound"), text(peer));
        }
    }

    @Override
    public void connectionEnded(Allocation allocation, InetSocketAddress peer) {
        if (LOG.isDebugEnabled()) {
            LOG.debug("{} peer={}", line(allocation, "connection-closed"), text(peer));
        }
    }

    private static String line(Allocation allocation, String event) {
        return "allocation=%s event=%s user=%s transport=%s client=%s relay=%s"
                .formatted(
                        allocation.id(),
                        event,
                        quoted(allocation.owner().account()),
                        allocation.fiveTuple().transport(),
                        text(allocation.fiveTuple().client()),
                        allocation.relayedAddresses().stream()
                                .map(AllocationLog::text)
                                .collect(Collectors.joining(",")));
    }

    private static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    /** The text in quotes, on one line whatever is in it. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                quoted.append('?');
            } else {
                quoted.appendCodePoint(c);
            }
        });
        return quoted.append('"').toString();
    }
}

package org.pinhole.connector.transport;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one connector has done since it was opened, for operators. Everything only grows, but {@link #openFlows()}. Safe for
 * any thread: counting takes no lock, and what is read together may be a few events apart.
 */
public final class ConnectorCounters {
    private final LongAdder accepted = new LongAdder();
    private final Reasons<Refused> refused = new Reasons<>(Refused.class);
    private final LongAdder fullHandshakes = new LongAdder();
    private final LongAdder resumedHandshakes = new LongAdder();
    private final Reasons<HandshakeFailure> failedHandshakes = new Reasons<>(HandshakeFailure.class);
    private final LongAdder flowsOpened = new LongAdder();
    private final Reasons<Closed> flowsClosed = new Reasons<>(Closed.class);
    private final LongAdder pings = new LongAdder();
    private final LongAdder pongs = new LongAdder();
    private final LongAdder messagesIn = new LongAdder();
    private final LongAdder messagesOut = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder queueDrops = new LongAdder();
    private final LongAdder responsesDropped = new LongAdder();
    private final LongAdder strangersInvitesRefused = new LongAdder();

    /** Why a connection was closed before it was a flow: as it came, or later to make room for another that came. */
    public enum Refused {
        /** The connector had as many connections as it may. */
        TOTAL,
        /** The source address had as many as one may. */
        SOURCE,
        /** The source's /24, or /56 of IPv6, had as many as one may. */
        NETWORK,
        /** As many TLS handshakes were going on as may at once. */
        HANDSHAKES,
        /** As many of them from the source address as one may have. */
        SOURCE_HANDSHAKES,
        /** As many of them from the source's /24, or /56 of IPv6, as one may have. */
        NETWORK_HANDSHAKES,
        /** Too much memory was held of what had no end yet, by handshakes and messages; it had held some for longest. */
        MEMORY,
        /** A PROXY protocol connector was reached from an address that is not listed. */
        PROXY_SOURCE,
        /** The PROXY protocol header was none, or did not come, or not in time. */
        PROXY_HEADER,
        /** It was no flow yet when the connector was drained or closed. */
        DRAINING
    }

    /** Why a TLS handshake did not come to its end. */
    public enum HandshakeFailure {
        /** It was not done in time. */
        TIMEOUT,
        /** What came was SIP, HTTP or anything else in clear. */
        NOT_TLS,
        /** No protocol version or cipher suite in common. */
        NO_COMMON_GROUND,
        /** The phone refused our certificate, or we the phone's. */
        CERTIFICATE,
        /** The phone went away. */
        CLOSED,
        /** Anything else. */
        OTHER
    }

    /** Why a flow ended. */
    public enum Closed {
        /** The phone closed the connection. */
        BY_PHONE,
        /** The connection broke. */
        BROKEN,
        /** The SIP stack closed it. */
        BY_STACK,
        /** The application, or the operator, closed it. */
        BY_APPLICATION,
        /** No SIP message came in time after the handshake. */
        NO_MESSAGE,
        /** Nobody was authenticated on it in time. */
        NOT_AUTHENTICATED,
        /** Nobody was authenticated on it, and it had to make room for another that came. */
        CROWDED_OUT,
        /** Its user has more flows than one may have, and it was the oldest. */
        SUPERSEDED,
        /** It was silent for too long. */
        IDLE,
        /** The pings that were negotiated stopped. */
        NO_PING,
        /** The phone did not read what was sent to it. */
        NOT_READ,
        /** What the phone sent is no SIP stream, or beyond the limits. */
        MALFORMED,
        /** The connector is closing or drained. */
        CONNECTOR_CLOSED
    }

    void accepted() {
        accepted.increment();
    }

    void refused(Refused reason) {
        refused.count(reason);
    }

    void handshakeDone(boolean resumed) {
        (resumed ? resumedHandshakes : fullHandshakes).increment();
    }

    void handshakeFailed(HandshakeFailure reason) {
        failedHandshakes.count(reason);
    }

    void flowOpened() {
        flowsOpened.increment();
    }

    void flowClosed(Closed reason) {
        flowsClosed.count(reason);
    }

    void pings(int number) {
        pings.add(number);
    }

    void pongs(int number) {
        pongs.add(number);
        bytesOut.add(2L * number);
    }

    void messageIn() {
        messagesIn.increment();
    }

    void messageOut(int bytes) {
        messagesOut.increment();
        bytesOut.add(bytes);
    }

    void bytesIn(int bytes) {
        bytesIn.add(bytes);
    }

    void queueDrop() {
        queueDrops.increment();
    }

    void responseDropped() {
        responsesDropped.increment();
    }

    void strangersInviteRefused() {
        strangersInvitesRefused.increment();
    }

    /** TCP connections. Each is counted once more when it is decided: as refused, as a failed handshake or as a flow. */
    public long acceptedConnections() {
        return accepted.sum();
    }

    /** Connections refused, by reason. */
    public Map<String, Long> refusedConnections() {
        return refused.byName();
    }

    /** Full TLS handshakes. */
    public long fullHandshakes() {
        return fullHandshakes.sum();
    }

    /** TLS handshakes that resumed a session. */
    public long resumedHandshakes() {
        return resumedHandshakes.sum();
    }

    /** TLS handshakes that failed, by reason. */
    public Map<String, Long> failedHandshakes() {
        return failedHandshakes.byName();
    }

    /** Flows that are open now. */
    public long openFlows() {
        return flowsOpened.sum() - flowsClosed.sum();
    }

    /** Flows that have ended, by reason. */
    public Map<String, Long> closedFlows() {
        return flowsClosed.byName();
    }

    /** Keep-alive pings received. */
    public long pings() {
        return pings.sum();
    }

    /** Pongs sent; fewer than pings where a phone did not read. */
    public long pongs() {
        return pongs.sum();
    }

    /** SIP messages received. */
    public long messagesIn() {
        return messagesIn.sum();
    }

    /** SIP messages sent. */
    public long messagesOut() {
        return messagesOut.sum();
    }

    /** Bytes received inside TLS. */
    public long bytesIn() {
        return bytesIn.sum();
    }

    /** Bytes sent inside TLS. */
    public long bytesOut() {
        return bytesOut.sum();
    }

    /** Messages that were not sent because the phone did not read those before. */
    public long queueDrops() {
        return queueDrops.sum();
    }

    /** Responses of phones that answer nothing that they were asked. */
    public long droppedResponses() {
        return responsesDropped.sum();
    }

    /** INVITEs of strangers that were refused because all strangers together had too many. */
    public long refusedStrangersInvites() {
        return strangersInvitesRefused.sum();
    }

    /** One counter for each constant. The map is filled once, so any thread may read it. */
    private static final class Reasons<E extends Enum<E>> {
        private final Map<E, LongAdder> counters;

        Reasons(Class<E> reasons) {
            counters = new EnumMap<>(reasons);
            for (E reason : reasons.getEnumConstants()) {
                counters.put(reason, new LongAdder());
            }
        }

        void count(E reason) {
            Objects.requireNonNull(counters.get(reason)).increment();
        }

        long sum() {
            return counters.values().stream().mapToLong(LongAdder::sum).sum();
        }

        /** In the order of the constants, named like {@code no-message}. */
        Map<String, Long> byName() {
            Map<String, Long> sums = new LinkedHashMap<>();
            counters.forEach((reason, counter) ->
                    sums.put(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'), counter.sum()));
            return Collections.unmodifiableMap(sums);
        }
    }
}

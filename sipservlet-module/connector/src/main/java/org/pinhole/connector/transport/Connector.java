package org.pinhole.connector.transport;

import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.pinhole.connector.flow.FlowTable;
import org.pinhole.connector.limit.UnfinishedOctets;

/** What all connections of one connector share. */
final class Connector {
    private final ConnectorSettings settings;
    private final FlowTable flows;
    private final Doorkeeper doorkeeper;
    private final LongSupplier nanoTime;
    private final Clock wallClock;
    private final ConnectorCounters counters = new ConnectorCounters();
    private final Complaints complaints;
    private final Entrance entrance;
    private final FlowExpiry expiry;
    private final UnfinishedOctets unfinished;
    private final Accounts accounts;
    private final Map<EventLoop, HandshakeTurns> handshakeTurns = new ConcurrentHashMap<>();
    private final Map<EventLoop, HandOver> handOvers = new ConcurrentHashMap<>();
    private volatile PinholeMessageProcessor processor;
    private volatile MessageTransit transit;

    /**
     * @param unfinished what phones have begun to send, to all connectors
     * @param nanoTime a clock that only goes forward
     * @param wallClock one that people read
     */
    @SuppressWarnings("NullAway.Init") // the stack's side is there before the first connection is accepted
    Connector(
            ConnectorSettings settings,
            FlowTable flows,
            Doorkeeper doorkeeper,
            UnfinishedOctets unfinished,
            LongSupplier nanoTime,
            Clock wallClock) {
        this.wallClock = wallClock;
        this.unfinished = unfinished;
        this.settings = settings;
        this.flows = flows;
        this.doorkeeper = doorkeeper;
        this.nanoTime = nanoTime;
        this.complaints = new Complaints(settings.address(), nanoTime);
        this.expiry = new FlowExpiry(nanoTime);
        this.accounts = new Accounts(settings.flowsPerUser(), complaints);
        this.entrance = new Entrance(
                settings.limits().connections(),
                settings.address().isProxied() ? settings.proxies() : null,
                unfinished,
                counters,
                complaints,
                nanoTime);
    }

    void attach(PinholeMessageProcessor stackSide) {
        transit = new MessageTransit(
                settings,
                stackSide.routing(),
                new PublicNames(settings.address(), stackSide::siblings),
                new ContactRewriter(flows, doorkeeper),
                expiry);
        processor = stackSide;
    }

    /** What phones have begun to send, to all connectors, and what it costs. */
    UnfinishedOctets unfinished() {
        return unfinished;
    }

    ConnectorSettings settings() {
        return settings;
    }

    FlowTable flows() {
        return flows;
    }

    Doorkeeper doorkeeper() {
        return doorkeeper;
    }

    ConnectorCounters counters() {
        return counters;
    }

    Complaints complaints() {
        return complaints;
    }

    FlowExpiry expiry() {
        return expiry;
    }

    Entrance entrance() {
        return entrance;
    }

    Accounts accounts() {
        return accounts;
    }

    Clock wallClock() {
        return wallClock;
    }

    HandshakeTurns handshakeTurns(EventLoop loop) {
        return handshakeTurns.computeIfAbsent(loop, HandshakeTurns::new);
    }

    HandOver handOver(EventLoop loop) {
        return handOvers.computeIfAbsent(
                loop, each -> new HandOver(each, CallThreads.OF_THIS_PROCESS::hasWork, HandOver.MOMENT_NANOS));
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    /** What {@link #nanoTime} reads. */
    LongSupplier clock() {
        return nanoTime;
    }

    MessageTransit transit() {
        return transit;
    }

    PinholeMessageProcessor processor() {
        return processor;
    }
}

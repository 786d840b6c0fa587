package org.pinhole.connector.transport;

import org.pinhole.connector.transport.ConnectorCounters.Closed;
import org.pinhole.connector.transport.ConnectorCounters.HandshakeFailure;
import org.pinhole.connector.transport.ConnectorCounters.Refused;

/** Counters of which no two have counted alike, so that whoever takes one for another is found out. */
public final class UnlikeCounters {
    private final ConnectorCounters counters = new ConnectorCounters();

    private UnlikeCounters() {}

    /** Counters that have seen everything so many times as often. */
    public static ConnectorCounters times(int factor) {
        UnlikeCounters unlike = new UnlikeCounters();
        for (int i = 0; i < factor; i++) {
            unlike.countEverything();
        }
        return unlike.counters;
    }

    private void countEverything() {
        repeat(1, () -> counters.handshakeDone(false));
        repeat(2, () -> counters.handshakeDone(true));
        repeat(3, counters::messageIn);
        repeat(4, () -> counters.messageOut(1000));
        repeat(5, counters::queueDrop);
        repeat(6, counters::responseDropped);
        repeat(7, counters::strangersInviteRefused);
        repeat(8, counters::accepted);
        counters.pings(9);
        counters.pongs(10);
        counters.bytesIn(11);
        int often = 20;
        for (Refused reason : Refused.values()) {
            repeat(often++, () -> counters.refused(reason));
        }
        often = 40;
        for (HandshakeFailure reason : HandshakeFailure.values()) {
            repeat(often++, () -> counters.handshakeFailed(reason));
        }
        often = 60;
        for (Closed reason : Closed.values()) {
            repeat(often, counters::flowOpened);
            repeat(often++, () -> counters.flowClosed(reason));
        }
        repeat(12, counters::flowOpened);
    }

    private static void repeat(int times, Runnable count) {
        for (int i = 0; i < times; i++) {
            count.run();
        }
    }
}

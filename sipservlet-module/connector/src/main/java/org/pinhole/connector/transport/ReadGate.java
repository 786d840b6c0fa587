package org.pinhole.connector.transport;

import io.netty.channel.Channel;

/**
 * Whether one connection is read: only while nobody objects. Two may object, each for its own reason: the stack, which has
 * enough of this phone's messages, and the write queue, which the phone does not empty. Safe for any thread.
 */
final class ReadGate {
    private final Channel channel;
    private boolean stackIsFull;
    private boolean queueIsFull;

    ReadGate(Channel channel) {
        this.channel = channel;
    }

    synchronized void stackIsFull(boolean full) {
        stackIsFull = full;
        apply();
    }

    synchronized void queueIsFull(boolean full) {
        queueIsFull = full;
        apply();
    }

    private void apply() {
        channel.config().setAutoRead(!stackIsFull && !queueIsFull);
    }
}

package org.pinhole.turn.transport;

import io.netty.channel.Channel;

/** Flushes a channel once the event loop has handled what it read, so that a burst leaves in one system call. */
final class FlushOnce implements Runnable {
    private final Channel channel;
    private boolean pending;

    FlushOnce(Channel channel) {
        this.channel = channel;
    }

    void request() {
        if (!pending) {
            pending = true;
            channel.eventLoop().execute(this);
        }
    }

    @Override
    public void run() {
        pending = false;
        channel.flush();
    }
}

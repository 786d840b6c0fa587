package org.pinhole.turn.relay;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelPromise;
import java.util.function.Consumer;

/** The promise of one datagram, which costs no listener and tells failures only. */
final class PeerWrite extends DefaultChannelPromise {
    private final Consumer<Throwable> failed;

    PeerWrite(Channel socket, Consumer<Throwable> failed) {
        super(socket);
        this.failed = failed;
    }

    @Override
    public boolean tryFailure(Throwable cause) {
        failed.accept(cause);
        return super.tryFailure(cause);
    }
}

package org.pinhole.turn.transport;

import io.netty.channel.EventLoop;
import org.pinhole.turn.request.RequestRouter;

/** Which router serves the clients of an event loop. */
@FunctionalInterface
public interface Routers {
    RequestRouter of(EventLoop loop);
}

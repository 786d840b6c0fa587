package org.pinhole.turn.transport;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The UDP listeners. An answer has to leave from the address that its request came to, or the client and every NAT on the way
 * drop it; of a socket that is bound to no address only the kernel knows that. So 0.0.0.0 and [::] are sockets on each
 * address that the machine has, and on each that it gets later.
 */
final class UdpListeners {
    private final UdpBinder binder;
    private final LocalAddresses machine;
    private final InstantSource clock;
    private final List<UdpPort> named = new ArrayList<>();
    private final List<EveryAddress> everywhere = new ArrayList<>();
    private boolean closed;

    /** Read without the lock: binding on many addresses takes its time, and whoever asks how the server is has none. */
    private volatile List<InetSocketAddress> addresses = List.of();

    UdpListeners(Io io, List<EventLoop> loops, Routers routers, LocalAddresses machine, InstantSource clock) {
        this.binder = new UdpBinder(io, loops, routers);
        this.machine = machine;
        this.clock = clock;
    }

    /** Binds one listener and waits for it; port 0 takes a free one. */
    synchronized InetSocketAddress open(InetSocketAddress wanted) throws IOException {
        if (!wanted.getAddress().isAnyLocalAddress()) {
            UdpPort port = binder.bind(wanted);
            named.add(port);
            addresses = bound();
            return port.address();
        }
        InetSocketAddress all = binder.probe(wanted);
        EveryAddress listener = new EveryAddress(all, binder::bind, clock);
        everywhere.add(listener);
        listener.follow(machine.now());
        if (listener.addresses().isEmpty()) {
            throw new IOException("this machine has no address to listen on");
        }
        addresses = bound();
        return all;
    }

    /** Listens on the addresses that the machine has got since, and no more on those that are gone. */
    synchronized void follow() {
        if (!closed) {
            everywhere.forEach(listener -> listener.follow(machine.now()));
            addresses = bound();
        }
    }

    /** Where sockets are open, each address by itself, as it was after the last look. */
    List<InetSocketAddress> addresses() {
        return addresses;
    }

    /** Closes all of them; nothing is opened any more. */
    synchronized void close() {
        closed = true;
        named.forEach(UdpPort::close);
        named.clear();
        everywhere.forEach(EveryAddress::close);
        everywhere.clear();
        addresses = List.of();
    }

    private List<InetSocketAddress> bound() {
        return Stream.concat(
                        named.stream().map(UdpPort::address),
                        everywhere.stream().flatMap(listener -> listener.addresses().stream()))
                .toList();
    }
}

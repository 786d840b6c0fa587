package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** A test double: a UDP base from which nothing leaves; what was to be sent is kept. */
final class SilentBase implements OpenBase {
    /** One datagram. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Sent(InetSocketAddress to, byte[] frame) {}

    private final List<Sent> sent = new ArrayList<>();

    List<Sent> sent() {
        return sent;
    }

    @Override
    public boolean reliable() {
        return false;
    }

    @Override
    public void start(Arrivals arrivals) {}

    @Override
    public void send(InetSocketAddress to, byte[] frame) {
        sent.add(new Sent(to, frame.clone()));
    }

    @Override
    public void close() {}
}

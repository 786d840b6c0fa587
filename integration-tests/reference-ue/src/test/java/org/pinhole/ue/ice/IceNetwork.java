package org.pinhole.ue.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;

/** A test double: a network between agents, with a clock moved by hand, addresses that translate, and paths that drop. */
final class IceNetwork {
    private static final Duration LATENCY = Duration.ofMillis(10);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int TRANSACTION_AT = 8;
    private static final int TRANSACTION_BYTES = 12;

    /** One end of a path. */
    static final class Port implements Base {
        private final String name;
        private final boolean reliable;
        private final InetSocketAddress seen;

        private Port(String name, boolean reliable, InetSocketAddress seen) {
            this.name = name;
            this.reliable = reliable;
            this.seen = seen;
        }

        @Override
        public boolean reliable() {
            return reliable;
        }

        /** The address that the others see. */
        InetSocketAddress seen() {
            return seen;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Flying(Instant at, int number, IceAgent to, Base base, InetSocketAddress from, byte[] octets) {}

    private record Owner(IceAgent agent, Port port) {}

    /** The first datagram of a transaction. */
    record Begun(IceAgent by, Instant at) {}

    private final Map<InetSocketAddress, Owner> owners = new HashMap<>();
    private final List<IceAgent> agents = new ArrayList<>();
    private final PriorityQueue<Flying> flying =
            new PriorityQueue<>(Comparator.comparing(Flying::at).thenComparing(Flying::number));
    private final List<Instant> sent = new ArrayList<>();
    private final Map<ByteBuffer, Begun> begun = new LinkedHashMap<>();
    private BiPredicate<Port, InetSocketAddress> dropped = (from, to) -> false;
    private Instant now = Instant.EPOCH;
    private int number;

    static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        return new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    static Port udp(String seen) {
        return new Port("udp " + seen, false, address(seen));
    }

    static Port tcp(String seen) {
        return new Port("tcp " + seen, true, address(seen));
    }

    static LocalCandidate candidate(CandidateType type, IceTransport transport, String address, Base base) {
        Candidate candidate = new Candidate(
                type.word() + transport, transport, Priority.of(type, transport, 8191), address(address), type, null);
        return new LocalCandidate(candidate, base);
    }

    /** Puts an agent behind these ports. */
    void connect(IceAgent agent, Port... ports) {
        agents.add(agent);
        for (Port port : ports) {
            owners.put(port.seen(), new Owner(agent, port));
        }
    }

    void drop(BiPredicate<Port, InetSocketAddress> which) {
        dropped = which;
    }

    Instant now() {
        return now;
    }

    /** When each request left, those that were sent again too. */
    List<Instant> sent() {
        return sent;
    }

    /** The first request of each transaction, in order. */
    List<Begun> begun() {
        return List.copyOf(begun.values());
    }

    /** Lets time pass until it is so, or for as long as that; whether it is so. */
    boolean run(Duration limit, BooleanSupplier until) {
        Instant end = now.plus(limit);
        while (now.isBefore(end) && !until.getAsBoolean()) {
            for (Flying next = flying.peek(); next != null && !next.at().isAfter(now); next = flying.peek()) {
                flying.remove();
                next.to().receive(next.base(), next.from(), next.octets(), now);
            }
            for (IceAgent agent : agents) {
                Instant due = agent.due();
                if (due != null && !due.isAfter(now)) {
                    agent.poll(now).forEach(out -> carry(agent, out));
                }
            }
            now = now.plus(STEP);
        }
        return until.getAsBoolean();
    }

    private void carry(IceAgent by, Outgoing out) {
        Port from = (Port) out.base();
        if (out.bytes()[0] == 0 && out.bytes()[1] == 1) {
            sent.add(now);
            begun.putIfAbsent(
                    ByteBuffer.wrap(out.bytes(), TRANSACTION_AT, TRANSACTION_BYTES)
                            .slice(),
                    new Begun(by, now));
        }
        Owner to = owners.get(out.to());
        if (to != null && !dropped.test(from, out.to())) {
            flying.add(new Flying(now.plus(LATENCY), number++, to.agent(), to.port(), from.seen(), out.bytes()));
        }
    }
}

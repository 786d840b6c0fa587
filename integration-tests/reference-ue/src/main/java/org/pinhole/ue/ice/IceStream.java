package org.pinhole.ue.ice;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.pinhole.ue.loop.UeLoop;

/**
 * One data stream: the agent on its loop, with the sockets around it. What is public may be called from any thread. Once a
 * pair is selected, all that it does not use is closed.
 */
public final class IceStream implements AutoCloseable {
    /** What a stream tells, on its loop. */
    public interface Listener {
        /** The checks are over; this may come again for a better pair. */
        void connected(CandidatePair pair);

        /** A datagram, or a frame, of the far end's. */
        void data(byte[] frame);

        /** It never came about, or is gone. */
        void failed(String reason);
    }

    private static final int STUN_HEADER_BYTES = 20;
    private static final int COOKIE_AT = 4;
    private static final int[] COOKIE = {0x21, 0x12, 0xA4, 0x42};

    private final UeLoop loop;
    private final Gathered gathered;
    private final IceCredentials credentials;
    private final IceAgent agent;
    private final Listener listener;
    private final EarlyFrames early = new EarlyFrames();
    private UeLoop.@Nullable Timer timer;
    private volatile @Nullable CandidatePair selected;
    private volatile boolean closed;
    private boolean failed;

    /**
     * A stream that was gathered for.
     *
     * @param pace the same for all streams of a session, which share the loop
     */
    public IceStream(
            UeLoop loop, Gathered gathered, boolean controlling, Pace pace, RandomGenerator random, Listener listener) {
        this.loop = loop;
        this.gathered = gathered;
        this.credentials = IceCredentials.random(random);
        this.agent = new IceAgent(credentials, gathered.candidates(), controlling, pace, random);
        this.listener = listener;
        gathered.bases().forEach(base -> base.start(new FromBases()));
    }

    public IceCredentials credentials() {
        return credentials;
    }

    /** Ours, best first, as they are to be described. */
    public List<Candidate> candidates() {
        return gathered.described();
    }

    /** Begins the checks; blocks until relays have been told whom to expect. */
    public void start(IceCredentials remote, List<Candidate> candidates) throws IOException {
        Collection<InetSocketAddress> peers =
                candidates.stream().map(Candidate::address).toList();
        for (OpenBase base : gathered.bases()) {
            base.prepare(peers);
        }
        loop.execute(() -> {
            agent.remote(remote, candidates, loop.now());
            turn();
        });
    }

    /** Sends on the selected pair; before there is one it throws. */
    public void send(byte[] frame) throws IOException {
        CandidatePair pair = selected;
        if (pair == null || closed) {
            throw new IOException("no pair is selected");
        }
        ((OpenBase) pair.base()).send(pair.remote().address(), frame);
    }

    /** Does what is due, and comes again when the next thing is. On the loop. */
    private void turn() {
        if (closed) {
            return;
        }
        agent.poll(loop.now()).forEach(this::send);
        tellSelected();
        tellFailed();
        UeLoop.Timer old = timer;
        if (old != null) {
            old.cancel();
        }
        Instant due = agent.due();
        if (due != null && !failed) {
            Duration wait = due.isAfter(loop.now()) ? Duration.between(loop.now(), due) : Duration.ofMillis(1);
            timer = loop.schedule(wait, this::turn);
        }
    }

    private void send(Outgoing one) {
        try {
            ((OpenBase) one.base()).send(one.to(), one.bytes());
        } catch (IOException e) {
            agent.unreachable(one.base(), one.to());
        }
    }

    private void tellSelected() {
        CandidatePair pair = agent.selected();
        if (pair == null || pair == selected || agent.state() != IceAgent.State.CONNECTED) {
            return;
        }
        try {
            OpenBase base = (OpenBase) pair.base();
            base.selected(pair.remote().address());
            selected = pair;
            listener.connected(pair);
            gathered.closeAllBut(base.resource());
            early.take(base, pair.remote().address()).forEach(listener::data);
        } catch (IOException e) {
            agent.unreachable(pair.base(), pair.remote().address());
        }
    }

    private void tellFailed() {
        if (agent.state() == IceAgent.State.FAILED && !failed) {
            failed = true;
            listener.failed(agent.failure());
        }
    }

    @Override
    public void close() {
        closed = true;
        gathered.closeAllBut(this);
    }

    private void data(Base base, InetSocketAddress from, byte[] frame) {
        if (selected != null || !base.reliable()) {
            listener.data(frame);
        } else if (!early.keep(base, from, frame)) {
            agent.unreachable(base, from);
            turn();
        }
    }

    private static boolean stun(byte[] frame) {
        if (frame.length < STUN_HEADER_BYTES || (frame[0] & 0xC0) != 0) {
            return false;
        }
        for (int i = 0; i < COOKIE.length; i++) {
            if ((frame[COOKIE_AT + i] & 0xFF) != COOKIE[i]) {
                return false;
            }
        }
        return true;
    }

    private final class FromBases implements OpenBase.Arrivals {
        @Override
        public void arrived(Base base, InetSocketAddress from, byte[] frame) {
            loop.execute(() -> {
                if (stun(frame)) {
                    agent.receive(base, from, frame, loop.now());
                    turn();
                } else if (!closed && agent.expects(base, from)) {
                    data(base, from, frame);
                }
            });
        }

        @Override
        public void ended(Base base, InetSocketAddress peer, String reason) {
            loop.execute(() -> {
                agent.unreachable(base, peer);
                turn();
            });
        }
    }
}

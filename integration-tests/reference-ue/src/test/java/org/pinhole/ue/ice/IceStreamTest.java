package org.pinhole.ue.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.pinhole.ue.doubles.HandLoop;

/** A controlled stream, and the agent of who called it, with every frame between them carried by hand. */
@Tag("U-10")
class IceStreamTest {
    private static final InetSocketAddress CALLER = IceNetwork.address("192.0.2.1:1000");
    private static final IceCredentials CALLERS = new IceCredentials("call", "caller's password, 22 c");
    /** A request of STUN; an answer begins with another octet. */
    private static final byte REQUEST = 0;

    private final HandLoop loop = new HandLoop();
    private final Listening base = new Listening();
    private final List<String> told = new ArrayList<>();
    private final LocalCandidate active = IceNetwork.candidate(
            CandidateType.HOST, IceTransport.TCP_ACTIVE, "192.0.2.1:9", IceNetwork.tcp("192.0.2.1:1000"));
    private final IceAgent caller = new IceAgent(CALLERS, List.of(active), true, new Pace(), new Random(1));
    private final IceStream called = new IceStream(
            loop,
            new Gathered(
                    List.of(IceNetwork.candidate(CandidateType.HOST, IceTransport.TCP_PASSIVE, "192.0.2.2:2000", base)),
                    List.of()),
            false,
            new Pace(),
            new Random(2),
            new Told());

    @BeforeEach
    void describe() throws IOException {
        called.start(CALLERS, List.of(active.candidate()));
        caller.remote(called.credentials(), called.candidates(), loop.now());
    }

    @Test
    void whatComesBeforeOurOwnCheckIsAnsweredIsHeardWhenItIs() {
        byte[] check = selectedByTheCallerBeforeTheCalled();
        arrives("MSRP one".getBytes(StandardCharsets.UTF_8));
        arrives("MSRP two".getBytes(StandardCharsets.UTF_8));
        assertThat(told).isEmpty();

        answerTo(check);

        assertThat(told).containsExactly("connected", "MSRP one", "MSRP two");
    }

    @Test
    void whoSendsMoreThanIsKeptUntilThenIsGivenUp() {
        byte[] check = selectedByTheCallerBeforeTheCalled();
        for (int bytes = 0; bytes <= EarlyFrames.MOST_BYTES; bytes += 1024) {
            arrives(new byte[1024]);
        }

        answerTo(check);

        assertThat(told).isEmpty();
    }

    /** The called end's own check, which the caller has not seen yet. */
    private byte[] selectedByTheCallerBeforeTheCalled() {
        List<byte[]> checks = new ArrayList<>();
        for (int turns = 0; turns < 100 && caller.state() != IceAgent.State.CONNECTED; turns++) {
            caller.poll(loop.now()).forEach(out -> arrives(out.bytes()));
            loop.pass(Duration.ofMillis(50));
            for (byte[] sent = base.sent.poll(); sent != null; sent = base.sent.poll()) {
                if (sent[0] == REQUEST) {
                    checks.add(sent);
                } else {
                    caller.receive(active.base(), called.candidates().get(0).address(), sent, loop.now());
                }
            }
        }
        assertThat(caller.state()).isEqualTo(IceAgent.State.CONNECTED);
        assertThat(checks).hasSize(1);
        return checks.get(0);
    }

    private void answerTo(byte[] check) {
        caller.receive(active.base(), called.candidates().get(0).address(), check, loop.now());
        caller.poll(loop.now()).forEach(out -> arrives(out.bytes()));
    }

    private void arrives(byte[] frame) {
        base.arrived(frame);
    }

    private final class Told implements IceStream.Listener {
        @Override
        public void connected(CandidatePair pair) {
            told.add("connected");
        }

        @Override
        public void data(byte[] frame) {
            told.add(new String(frame, StandardCharsets.UTF_8));
        }

        @Override
        public void failed(String reason) {
            told.add(reason);
        }
    }

    /** A test double: a listener to which one peer has connected. */
    private static final class Listening implements OpenBase {
        private final Deque<byte[]> sent = new ArrayDeque<>();
        private Arrivals arrivals = new Arrivals() {
            @Override
            public void arrived(Base at, InetSocketAddress from, byte[] frame) {}

            @Override
            public void ended(Base at, InetSocketAddress peer, String reason) {}
        };

        void arrived(byte[] frame) {
            arrivals.arrived(this, CALLER, frame);
        }

        @Override
        public boolean reliable() {
            return true;
        }

        @Override
        public void start(Arrivals to) {
            arrivals = to;
        }

        @Override
        public void send(InetSocketAddress to, byte[] frame) {
            sent.add(frame.clone());
        }

        @Override
        public void close() {}
    }
}

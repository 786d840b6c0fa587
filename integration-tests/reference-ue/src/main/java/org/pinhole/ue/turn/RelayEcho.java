package org.pinhole.ue.turn;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Sends numbered packets from one client's relay to another's, who sends them back, and checks each on both sides. Only a
 * few are under way at a time, so that what is lost was lost by somebody, not by our haste.
 */
public final class RelayEcho {
    private static final int WINDOW = 16;
    /** Longer than a busy machine keeps a process waiting: what is only late is not lost. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final TurnClient near;
    private final Channel toFar;
    private final TurnClient far;
    private final Channel toNear;
    private final InstantSource clock;
    private final Duration silence;

    /** Each client with the channel that it has bound to the other's relayed transport address. */
    public RelayEcho(TurnClient near, Channel toFar, TurnClient far, Channel toNear, InstantSource clock) {
        this(near, toFar, far, toNear, clock, SILENCE);
    }

    /** The same with another limit to the time in which nothing comes back. */
    RelayEcho(TurnClient near, Channel toFar, TurnClient far, Channel toNear, InstantSource clock, Duration silence) {
        this.near = near;
        this.toFar = toFar;
        this.far = far;
        this.toNear = toNear;
        this.clock = clock;
        this.silence = silence;
    }

    /** Throws an {@link IllegalArgumentException} where there can be no such packets. */
    public static void require(int packets, int bytes) {
        if (packets < 1 || bytes < NumberedPacket.MIN_BYTES) {
            throw new IllegalArgumentException(
                    "at least one packet, and " + NumberedPacket.MIN_BYTES + " bytes for its number");
        }
    }

    /** Sends them all, unless nothing comes back for a while; the clients' listeners are taken for the time being. */
    public EchoResult run(int packets, int bytes) throws IOException {
        require(packets, bytes);
        Tally arrived = new Tally(packets, bytes);
        Tally returned = new Tally(packets, bytes);
        Semaphore window = new Semaphore(WINDOW);
        far.listen((peer, data) -> {
            if (arrived.count(data)) {
                echo(data);
            }
        });
        near.listen((peer, data) -> {
            if (returned.count(data)) {
                window.release();
            }
        });
        Instant started = clock.instant();
        send(packets, bytes, window);
        Duration took = Duration.between(started, clock.instant());
        near.listen(PeerListener.NONE);
        far.listen(PeerListener.NONE);
        return new EchoResult(
                packets, bytes, arrived.distinct(), returned.distinct(), arrived.altered() + returned.altered(), took);
    }

    private void send(int packets, int bytes, Semaphore window) throws IOException {
        for (int number = 0; number < packets; number++) {
            if (!acquired(window, 1)) {
                return;
            }
            toFar.send(NumberedPacket.write(number, bytes));
        }
        acquired(window, WINDOW);
    }

    private boolean acquired(Semaphore window, int permits) throws TurnException {
        try {
            return window.tryAcquire(permits, silence.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TurnException("interrupted while packets were under way", e);
        }
    }

    /** On the reader's thread of the far side; a connection that breaks shows as loss. */
    private void echo(byte[] data) {
        try {
            toNear.send(data);
        } catch (IOException e) {
            // counted as lost by who waits for it
        }
    }

    /** What one side got. Written by one reader's thread, read when that side is done. */
    private static final class Tally {
        private final int packets;
        private final int bytes;
        private final BitSet seen = new BitSet();
        private int altered;

        Tally(int packets, int bytes) {
            this.packets = packets;
            this.bytes = bytes;
        }

        /** Whether it is the first with its number and unaltered. */
        synchronized boolean count(byte[] data) {
            int number = NumberedPacket.read(data, bytes, packets);
            if (number == NumberedPacket.ALTERED) {
                altered++;
                return false;
            }
            boolean first = !seen.get(number);
            seen.set(number);
            return first;
        }

        synchronized int distinct() {
            return seen.cardinality();
        }

        synchronized int altered() {
            return altered;
        }
    }
}

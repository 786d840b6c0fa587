package org.pinhole.bench.load;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A peer that speaks as media does: so many datagrams at once, again and again, each with the time at which it was sent in its
 * first octets. On a thread of its own until it is closed.
 */
public final class PacedSender implements AutoCloseable {
    private final DatagramSocket socket;
    private final InetSocketAddress to;
    private final int bytes;
    private final int atOnce;
    private final long periodNanos;
    private final Thread thread = new Thread(this::run, "paced-sender");
    private volatile boolean closed;
    private final AtomicLong sent = new AtomicLong();

    /** Begins at once. */
    public PacedSender(DatagramSocket socket, InetSocketAddress to, int bytes, int atOnce, int periodMillis) {
        this.socket = socket;
        this.to = to;
        this.bytes = bytes;
        this.atOnce = atOnce;
        this.periodNanos = TimeUnit.MILLISECONDS.toNanos(periodMillis);
        thread.start();
    }

    /** How many so far. */
    public long sent() {
        return sent.get();
    }

    /** When a datagram was sent, on this machine's clock. */
    public static long sentAt(byte[] datagram) {
        return ByteBuffer.wrap(datagram).getLong();
    }

    private void run() {
        long next = System.nanoTime();
        byte[] data = new byte[bytes];
        while (!closed) {
            try {
                for (int i = 0; i < atOnce; i++) {
                    ByteBuffer.wrap(data).putLong(System.nanoTime());
                    socket.send(new DatagramPacket(data, bytes, to));
                    long unused = sent.incrementAndGet();
                }
            } catch (IOException e) {
                return; // closed meanwhile
            }
            next += periodNanos;
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }
}

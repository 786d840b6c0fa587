package org.pinhole.ue.sip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** A stream that gives sixteen octets a second, after as many as a registration takes, and leaves the rest where it is. */
final class Slowly extends FilterInputStream {
    private static final int REGISTRATION = 4096;
    private static final int AT_ONCE = 16;

    private int given;

    Slowly(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        boolean slow = given >= REGISTRATION;
        if (slow) {
            pause();
        }
        int count = super.read(octets, offset, Math.min(length, slow ? AT_ONCE : REGISTRATION - given));
        given += Math.max(0, count);
        return count;
    }

    private static void pause() throws IOException {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}

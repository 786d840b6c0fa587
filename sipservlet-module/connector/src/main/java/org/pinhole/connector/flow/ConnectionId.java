package org.pinhole.connector.flow;

import java.security.SecureRandom;
import java.util.Arrays;

/** The random name of one connection instance. Never given twice, so that a reused address cannot inherit a flow. */
public final class ConnectionId {
    static final int LENGTH = 12;

    private final byte[] bytes;

    private ConnectionId(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A fresh one: 96 random bits. */
    public static ConnectionId random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new ConnectionId(bytes);
    }

    static ConnectionId of(byte[] token, int offset) {
        return new ConnectionId(Arrays.copyOfRange(token, offset, offset + LENGTH));
    }

    void writeTo(byte[] token, int offset) {
        System.arraycopy(bytes, 0, token, offset, LENGTH);
    }

    /** The first 32 bits in hexadecimal: enough to follow one flow through a log, too little to forge a token. */
    public String shortName() {
        StringBuilder name = new StringBuilder(8);
        for (int i = 0; i < 4; i++) {
            name.append(Character.forDigit((bytes[i] >> 4) & 0xF, 16)).append(Character.forDigit(bytes[i] & 0xF, 16));
        }
        return name.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConnectionId && Arrays.equals(((ConnectionId) other).bytes, bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return shortName();
    }
}
